import type { Connection } from '../../src/derive/connection.ts';
import { questionsOf } from '../../src/derive/liveness.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, JudgedLog, Verdict } from './challenge.ts';

/** An answer that took so long is a slow one, ms; so many have to be borne. */
const slowMs = 1500;
const slowWanted = 3;
/** A silent connection has to be left so soon after it fell silent, ms. */
const leaveWithinMs = 4000;

/** Choose interval and deadline: patient with the slow, quick with the dead. */
export const slowNotDead: Challenge = {
  id: 'slow-not-dead',
  title: 'Slow is not dead',
  task: 'With one heartbeat on one connection: put up with three answers that take 1.5 s or more, then freeze both sides and have the page give up within 4 s.',
  hints: [
    'Under “The network”, a delay of 800 ms each way makes an answer take 1.6 s.',
    'In the worst case the silence begins right after an answer: then noticing it takes the interval plus the deadline.',
    'Ask every second and wait 2 s. Freeze “both” once three slow answers have come.',
  ],
  judge(connections, { conditionChanges } = { conditionChanges: [] }): Verdict {
    const attempts = connections
      .filter(({ handshake }) => handshake === 'open')
      .flatMap((connection) => judgeAttempt(connection, conditionChanges) ?? [])
      .toSorted((one, other) => one.missing.length - other.missing.length);
    const missing = [
      'The page has not sent a heartbeat on any connection yet: connect in “Your own heartbeat”.',
    ];
    return attempts[0] ?? { passed: false, seen: [], missing };
  },
};

function judgeAttempt(connection: Connection, changes: JudgedLog['conditionChanges']): Verdict | undefined {
  const questions = questionsOf('page asks', connection);
  if (questions.length === 0) return undefined;
  const name = `Connection ${String(connection.conn)}`;
  const seen: string[] = [];
  const missing: string[] = [];
  const slow = questions.filter(({ at, answeredAt = at }) => answeredAt - at >= slowMs);
  const borne = slow[slowWanted - 1]?.answeredAt;
  const words = `${name} got ${String(slow.length)} answers that took 1.5 s or more`;
  if (borne === undefined) missing.push(`${words}; ${String(slowWanted)} are needed.`);
  else seen.push(`${words}.`);
  const frozenAt =
    borne === undefined
      ? undefined
      : changes.find(({ at, conditions }) => at >= borne && conditions.frozen === 'both')?.at;
  if (frozenAt === undefined) {
    missing.push('After that, freeze both sides.');
    return { passed: false, seen, missing };
  }
  // What a page sends into a frozen link still enters it.
  const left = connection.frames.find(
    ({ from, frame, at }) => from === 'client' && frame.opcode === Opcode.close && at >= frozenAt,
  );
  if (!left) missing.push('The page has not left the frozen connection.');
  else {
    const after = left.at - frozenAt;
    const sentence = `The page left ${(after / 1000).toFixed(1)} s after the freeze`;
    if (after <= leaveWithinMs) seen.push(`${sentence}.`);
    else missing.push(`${sentence}; at most 4 s are allowed.`);
  }
  return { passed: missing.length === 0, seen, missing };
}
