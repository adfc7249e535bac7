import { frameBytes } from './frame-bytes.ts';
import { concat, hex } from './hex.ts';

/** Numbers from 0 up to a bound, the same ones at each run (mulberry32). */
export function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Ordinary traffic, to be damaged. */
const traffic = concat(
  frameBytes({ payload: hex('48 65 6c 6c 6f') }),
  frameBytes({ flags: 0x01, payload: hex('e2 82') }),
  frameBytes({ flags: 0x89, payload: hex('70') }),
  frameBytes({ flags: 0x80, payload: hex('ac') }),
  hex('c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00'),
  frameBytes({ flags: 0x82, payload: hex('00*130') }),
  frameBytes({ flags: 0x88, payload: hex('03 e8 62 79 65') }),
);

/** Random bytes, or traffic with bytes changed, cut out or put in. */
export function damagedStream(next: (bound: number) => number): Uint8Array {
  if (next(4) === 0) return Uint8Array.from({ length: next(80) }, () => next(256));
  const bytes = [...traffic.subarray(next(40))];
  for (let changes = 1 + next(4); changes > 0; changes--) {
    const at = next(bytes.length);
    const kind = next(3);
    if (kind === 0) bytes[at] = next(256);
    else if (kind === 1) bytes.splice(at, 1 + next(6));
    else bytes.splice(at, 0, next(256), next(256));
  }
  return Uint8Array.from(bytes);
}
