import type { Connection, TimedFrame } from '../../src/derive/connection.ts';
import { arrivedTexts, numberIn } from '../../src/derive/send-progress.ts';
import type { ConditionsEvent } from '../../src/contract/wire-event.ts';
import type { Challenge, JudgedLog, Verdict } from './challenge.ts';

/** A link is thin that lets pass no more of the client's bytes than this in a second. */
const thinBytesPerSecond = 300_000;
/** So many messages in a row have to cross it, each within so long, ms … */
const inARow = 30;
const freshMs = 1000;
/** … while at least so many of those that were made between them are left out. */
const leftOut = 100;

/** Through a thin pipe: fewer messages, each of them fresh. */
export const freshNotAll: Challenge = {
  id: 'fresh-not-all',
  title: 'Fresh, not all',
  task: 'Over a link of at most 300,000 bytes per second, get 30 messages in a row to the server, each within a second of entering the link. Meanwhile the page must make enough other messages that at least 100 in between are left out.',
  hints: [
    'A full link is a queue of its own: 1 MiB at 262,144 bytes a second is four seconds. What decides is how much you let into it.',
    'bufferedAmount knows nothing of the link, nor of the kernels before it. Only an answer from the server does.',
    'Choose the way with acknowledgements: at most eight messages under way, and of those that wait only the newest.',
  ],
  judge(connections, { conditionChanges } = { conditionChanges: [] }): Verdict {
    const runs = connections.flatMap((connection) => freshRuns(connection, conditionChanges));
    const [best] = runs.toSorted((one, other) => score(other) - score(one));
    if (!best) {
      const missing = ['No numbered message has crossed a thin link within a second yet.'];
      return { passed: false, seen: [], missing };
    }
    const seen: string[] = [];
    const missing: string[] = [];
    const fresh = `${String(best.count)} messages in a row crossed a thin link within a second each`;
    if (best.count >= inARow) seen.push(`${fresh}.`);
    else missing.push(`${fresh}; ${String(inARow)} are needed.`);
    const out = `${String(best.leftOut)} in between were left out`;
    if (best.leftOut >= leftOut) seen.push(`${out}.`);
    else missing.push(`${out}; ${String(leftOut)} are needed: make more messages than the link can carry.`);
    return { passed: missing.length === 0, seen, missing };
  },
};

interface Run {
  count: number;
  leftOut: number;
}

const score = ({ count, leftOut: out }: Run): number => Math.min(count, inARow) * 10 + Math.min(out, leftOut);

/** The stretches of fresh messages of a connection, through a thin link. */
function freshRuns(connection: Connection, changes: JudgedLog['conditionChanges']): Run[] {
  const runs: Run[] = [];
  let last: number | undefined;
  for (const timed of arrivedTexts(connection)) {
    const number = numberIn(timed.frame.payload);
    if (number === undefined) continue;
    const run = runs.at(-1);
    if (!isFresh(timed, changes)) last = undefined;
    else if (run && last !== undefined) {
      run.count++;
      run.leftOut += Math.max(0, number - last - 1);
      last = number;
    } else {
      runs.push({ count: 1, leftOut: 0 });
      last = number;
    }
  }
  return runs;
}

const isFresh = (
  { at, due = Number.POSITIVE_INFINITY }: TimedFrame,
  changes: JudgedLog['conditionChanges'],
): boolean => due - at <= freshMs && isThin(changes.findLast((change) => change.at <= at));

const isThin = (change: ConditionsEvent | undefined): boolean => {
  if (!change) return false;
  const { bytesPerSecond, direction, probability } = change.conditions;
  const isThrottled = bytesPerSecond > 0 && bytesPerSecond <= thinBytesPerSecond;
  return isThrottled && direction !== 'server' && probability === 1;
};
