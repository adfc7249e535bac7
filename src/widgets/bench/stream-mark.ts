const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A few letters that tell this page's own requests from all others in the wire log. */
export const newMark = (): string =>
  [...crypto.getRandomValues(new Uint8Array(5))]
    .map((byte) => alphabet.charAt(byte % alphabet.length))
    .join('');

/** The mark that a request-target carries in its query; `undefined` where it has none. */
export function markOf(target: string): string | undefined {
  const query = target.indexOf('?');
  return (query === -1 ? undefined : new URLSearchParams(target.slice(query)).get('mark')) ?? undefined;
}
