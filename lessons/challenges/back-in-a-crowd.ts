import { comingsOf } from '../../src/derive/arrivals.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Smallest crowd that counts. */
const leastCrowd = 50;
/** The share of the crowd that may arrive within a tenth of a second. */
const mostAtOnce = 0.2;

/** Bring a crowd back to a server that was killed without letting it arrive in one heap. */
export const backInACrowd: Challenge = {
  id: 'back-in-a-crowd',
  title: 'No stampede',
  task: `Let a server lose ${String(leastCrowd)} connections or more, and bring all of them back. No more than ${String(mostAtOnce * 100)} % of them may arrive within any tenth of a second.`,
  hints: [
    'Try the fixed delay first. How many come back in the same tenth of a second?',
    'Doubling the waits does not help while everybody doubles the same ones.',
    'Choose the jittered comeback.',
  ],
  judge(connections, { conditionChanges } = { conditionChanges: [] }): Verdict {
    const comings = comingsOf(connections, conditionChanges);
    if (!comings || comings.stood === 0) {
      return { passed: false, seen: [], missing: ['No server has ended while clients were connected.'] };
    }
    const { stood, peakArrivals, allBackAfterMs } = comings;
    const seen: string[] = [];
    const missing: string[] = [];
    const say = (isTrue: boolean, yes: string, no: string): void => {
      (isTrue ? seen : missing).push(isTrue ? yes : no);
    };
    say(
      stood >= leastCrowd,
      `${String(stood)} connections were lost.`,
      `${String(stood)} connections were lost; ${String(leastCrowd)} make a crowd.`,
    );
    say(
      allBackAfterMs !== undefined,
      `All were back after ${((allBackAfterMs ?? 0) / 1000).toFixed(1)} s.`,
      'Not all of them are back.',
    );
    const share = peakArrivals / stood;
    const percent = `${String(Math.round(share * 100))} %`;
    say(
      share <= mostAtOnce,
      `At most ${percent} of them came within a tenth of a second.`,
      `${percent} of them came within a single tenth of a second.`,
    );
    return { passed: missing.length === 0, seen, missing };
  },
};
