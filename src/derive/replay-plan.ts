/** When each moment of a timeline shows in a replay of it. */
export interface ReplayPlan {
  /** How many times slower than life the replay runs; below 1 it is faster. */
  slowdown: number;
  /** Whether pauses were cut. */
  cut: boolean;
  /** For each moment, in order: milliseconds into the replay. */
  starts: number[];
  /** How long the whole replay takes, ms. */
  length: number;
}

/**
 * Plans a replay of `length` ms. A pause longer than `longestPauseMs` is cut to that, so that a handshake of 2 ms is
 * not lost beside a connection of an hour.
 */
export function replayPlan(times: readonly number[], length: number, longestPauseMs: number): ReplayPlan {
  let cut = false;
  let elapsed = 0;
  let previous = times[0] ?? 0;
  const shortened = times.map((time) => {
    const pause = time - previous;
    previous = time;
    if (pause > longestPauseMs) cut = true;
    elapsed += Math.min(pause, longestPauseMs);
    return elapsed;
  });
  const slowdown = elapsed === 0 ? 1 : length / elapsed;
  return { slowdown, cut, starts: shortened.map((time) => time * slowdown), length };
}
