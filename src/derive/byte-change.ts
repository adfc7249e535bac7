import type { ByteRange } from '../protocol/byte-range.ts';

/** What lies between two states of a run of bytes: what was taken out, and what stands in its place. */
export interface ByteChange {
  /** Where in the old bytes; empty where something was only put in. */
  was: ByteRange;
  /** Where in the new bytes; empty where something was only taken out. */
  is: ByteRange;
}

/** The shortest run of bytes that was exchanged; `undefined` where nothing was. */
export function byteChange(before: Uint8Array, after: Uint8Array): ByteChange | undefined {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  if (start === before.length && start === after.length) return undefined;
  let kept = 0;
  while (kept < shorter - start && before[before.length - 1 - kept] === after[after.length - 1 - kept]) {
    kept++;
  }
  return {
    was: { start, end: before.length - kept },
    is: { start, end: after.length - kept },
  };
}
