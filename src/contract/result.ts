/** What a parser of our contracts answers: the value, or which field is wrong and what was expected of it. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; field: string; message: string };

/** A value that was accepted. */
export const accepted = <T>(value: T): Parsed<T> => ({ ok: true, value });

/** A value that was refused: `field` names it, `message` says what was expected and what came. */
export const refused = (field: string, message: string): { ok: false; field: string; message: string } => ({
  ok: false,
  field,
  message,
});

/** Narrows parsed JSON to an object (not null, not an array). */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Shows a wrong value in an error message: short, and never more than 40 characters of it. */
export const show = (value: unknown): string => {
  // The types promise a string; `undefined` and functions break the promise.
  const text = (JSON.stringify(value) as string | undefined) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
};
