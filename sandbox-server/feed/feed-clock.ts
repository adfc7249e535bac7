/** The time that a feed goes by. */
export interface FeedClock {
  /** Milliseconds, from any beginning; never goes back. */
  now(): number;
  /** The same now, in milliseconds since 1970, with fractions. */
  timeOfDay(): number;
  /** Calls back once after so many milliseconds, unless the answer is called before. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's clock; `timeOfDay` is what the lab calls so, that the times in its log and in its feed can be compared. */
export const machineClock = (timeOfDay: () => number): FeedClock => ({
  now: () => performance.now(),
  timeOfDay,
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
});
