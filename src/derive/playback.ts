import type { Rung } from './rung.ts';

/** How a ladder plays: it follows what happens, stands still at a moment, or replays from a moment on. */
export type Playback =
  | { mode: 'live' }
  /** `until`: what happened up to this time of the lab is shown, ms. */
  | { mode: 'paused'; until: number }
  | { mode: 'playing'; until: number; slowdown: number };

/** The longest pause that a replay keeps, ms of the learner's time. */
export const longestPauseMs = 800;

/** How many of the rungs a playback shows. They are in the order of time. */
export function shownCount(rungs: readonly Rung[], playback: Playback): number {
  if (playback.mode === 'live') return rungs.length;
  let low = 0;
  let high = rungs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rungs[middle]?.at ?? Infinity) <= playback.until) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * A replay that is `elapsed` ms of the learner's time further on: so many times slower than it was, pauses cut to
 * `longestPauseMs`. Live again once it has shown everything.
 */
export function advance(
  rungs: readonly Rung[],
  playback: Playback & { mode: 'playing' },
  elapsed: number,
): Playback {
  const next = rungs[shownCount(rungs, playback)];
  if (!next) return { mode: 'live' };
  const until = playback.until + elapsed / playback.slowdown;
  return { ...playback, until: Math.max(until, next.at - longestPauseMs / playback.slowdown) };
}

/** The time up to which the first `count` rungs are shown, ms of the lab. */
export function untilCount(rungs: readonly Rung[], count: number): number {
  return rungs[count - 1]?.at ?? (rungs[0]?.at ?? 0) - 1;
}
