import fc from 'fast-check';

/** Cuts bytes at the given places, as TCP may deliver them; places outside are ignored. */
export function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(places.filter((place) => place > 0 && place < bytes.length))].toSorted(
    (one, other) => one - other,
  );
  return [0, ...cuts].map((start, index) => bytes.slice(start, cuts[index] ?? bytes.length));
}

/** Each byte by itself. */
export const byteByByte = (bytes: Uint8Array): Uint8Array[] =>
  Array.from(bytes, (_, index) => bytes.slice(index, index + 1));

/** Places to cut at, for bytes up to a length. */
export const cuts = (maxLength: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: Math.max(1, maxLength) }), { maxLength: 12 });
