import { binMs, comingsOf } from '../../src/derive/arrivals.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Smallest crowd that counts. */
const leastCrowd = 50;
/** The share of the crowd that may arrive in one second. */
const mostInASecond = 0.5;

/** Deploy a server under its clients so that each is told, and none of them queues. */
export const quietDeploy: Challenge = {
  id: 'quiet-deploy',
  title: 'A quiet deployment',
  task: `Deploy while ${String(leastCrowd)} clients or more are connected: each of them gets a Close frame, no more than ${String(mostInASecond * 100)} % of them come back within any second, and all come back.`,
  hints: [
    'A server that is killed says nothing, so choose one of the two codes.',
    'Look at the lane “Ended”: how many end at once?',
    'Have another server up before you begin, spread the closing over 5 or 10 s, and let the clients come back jittered.',
  ],
  judge(connections, { conditionChanges } = { conditionChanges: [] }): Verdict {
    const comings = comingsOf(connections, conditionChanges);
    if (!comings || comings.stood === 0) {
      return { passed: false, seen: [], missing: ['No server has ended while clients were connected.'] };
    }
    const { stood, toldGoodbye, allBackAfterMs, bins } = comings;
    const arrived = bins.map((bin) => bin.arrived);
    const binsASecond = 1000 / binMs;
    const inASecond = Math.max(
      0,
      ...arrived.map((_, index) =>
        arrived.slice(index, index + binsASecond).reduce((sum, one) => sum + one, 0),
      ),
    );
    const seen: string[] = [];
    const missing: string[] = [];
    const say = (isTrue: boolean, what: string): void => {
      (isTrue ? seen : missing).push(what);
    };
    say(stood >= leastCrowd, `${String(stood)} clients were connected.`);
    say(toldGoodbye === stood, `${String(toldGoodbye)} of ${String(stood)} got a Close frame.`);
    say(
      inASecond <= stood * mostInASecond,
      `At most ${String(inASecond)} of them came back within one second.`,
    );
    say(
      allBackAfterMs !== undefined,
      allBackAfterMs === undefined
        ? 'Not all of them are back.'
        : `All were back after ${(allBackAfterMs / 1000).toFixed(1)} s.`,
    );
    return { passed: missing.length === 0, seen, missing };
  },
};
