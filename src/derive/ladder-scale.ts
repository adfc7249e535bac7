import type { Rung } from './rung.ts';

/** How late after the last rung something may leave and still be drawn in proportion, ms. */
const tailMs = 250;

/**
 * Where a moment stands on the ladder, in rungs from its top: rung `i` stands at `i`, and between two rungs a moment
 * stands in proportion. So an arrow ends between the things that happened before and after it left the link.
 * `from` is the rung that it began at: what left at once is drawn level, though others came in the same instant.
 */
export function placeOfTime(rungs: readonly Rung[], time: number, from: number): number {
  if (time <= (rungs[from]?.at ?? 0)) return from;
  // The first rung that is not before the moment.
  let low = from + 1;
  let high = rungs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rungs[middle]?.at ?? Infinity) < time) low = middle + 1;
    else high = middle;
  }
  const before = rungs[low - 1]?.at ?? 0;
  const next = rungs[low]?.at ?? before + tailMs;
  return low - 1 + Math.min(1, (time - before) / (next - before));
}
