import type { Rung } from './rung.ts';

/** How late after the last rung something may leave and still be drawn in proportion, ms. */
const tailMs = 250;

/**
 * Where a moment stands on the ladder, in rungs from its top: rung `i` stands at `i`, and between two rungs a moment
 * stands in proportion. So an arrow ends between the things that happened before and after it left the link.
 * `from` is the rung that it began at: it never stands above that.
 */
export function placeOfTime(rungs: readonly Rung[], time: number, from: number): number {
  let low = from;
  let high = rungs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((rungs[middle]?.at ?? 0) <= time) low = middle;
    else high = middle - 1;
  }
  const here = rungs[low]?.at ?? 0;
  const next = rungs[low + 1]?.at;
  const span = next === undefined ? tailMs : next - here;
  const part = span > 0 ? Math.min(1, Math.max(0, (time - here) / span)) : 0;
  // What left at once is drawn level, though others came in the same instant.
  return time <= here && low > from ? from : low + part;
}
