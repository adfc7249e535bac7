import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** What the link of a lab currently does to bytes. Every default is a perfect link. */
export interface Conditions {
  /** What a proxy on the way does to `Upgrade`: passes it, strips it (it does not know WebSocket), or refuses it. */
  upgrade: 'pass' | 'strip' | 'refuse';
}

/** A link that passes everything on, at once. */
export const perfectLink: Conditions = { upgrade: 'pass' };

const allowed: { [K in keyof Conditions]: readonly Conditions[K][] } = {
  upgrade: ['pass', 'strip', 'refuse'],
};

/**
 * Reads the body of `PATCH /labs/<id>/conditions`: any subset of the conditions.
 * A field that is unknown, or a value out of range, is refused by name.
 */
export function parseConditionsPatch(body: unknown): Parsed<Partial<Conditions>> {
  if (!isRecord(body)) return refused('body', `expected a JSON object of conditions, got ${show(body)}`);
  const patch: Partial<Conditions> = {};
  for (const [field, value] of Object.entries(body)) {
    if (field !== 'upgrade') {
      return refused(field, `unknown condition; known are ${Object.keys(allowed).join(', ')}`);
    }
    const found = allowed.upgrade.find((option) => option === value);
    if (found === undefined) {
      return refused(field, `expected one of ${allowed.upgrade.join(', ')}, got ${show(value)}`);
    }
    patch.upgrade = found;
  }
  return accepted(patch);
}

/** Reads a whole set of conditions, as the sandbox answers it; what it does not name is as on a perfect link. */
export function parseConditions(body: unknown): Parsed<Conditions> {
  const patch = parseConditionsPatch(body);
  return patch.ok ? accepted({ ...perfectLink, ...patch.value }) : patch;
}
