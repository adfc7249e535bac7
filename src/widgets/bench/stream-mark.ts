const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A few letters that tell this page's own requests from all others in the wire log: `markOf` reads them there. */
export const newMark = (): string =>
  [...crypto.getRandomValues(new Uint8Array(5))]
    .map((byte) => alphabet.charAt(byte % alphabet.length))
    .join('');
