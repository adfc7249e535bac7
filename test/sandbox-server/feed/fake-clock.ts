import type { FeedClock } from '../../../sandbox-server/feed/feed-clock.ts';

/** A clock that a test turns; it begins at 0, and 1970 was 1,000,000 ms before. */
export interface FakeClock extends FeedClock {
  /** Lets so many milliseconds pass, with all that is due in them. */
  pass(milliseconds: number): void;
  /** Lets so many milliseconds pass in which nothing runs, as a machine does that sleeps. */
  sleep(milliseconds: number): void;
  /** Timers that are set. */
  readonly timerCount: number;
}

/** Makes a clock. */
export function createFakeClock(): FakeClock {
  let now = 0;
  const timers = new Set<{ at: number; callback: () => void }>();
  return {
    now: () => now,
    timeOfDay: () => 1_000_000 + now,
    after(milliseconds, callback) {
      const timer = { at: now + milliseconds, callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    pass(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const [next] = [...timers].sort((one, other) => one.at - other.at);
        if (!next || next.at > until) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = until;
    },
    sleep(milliseconds) {
      now += milliseconds;
    },
    get timerCount() {
      return timers.size;
    },
  };
}
