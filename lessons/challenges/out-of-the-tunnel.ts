import type { ConditionsEvent, ProgramEvent } from '../../src/contract/wire-event.ts';
import { messageNumber } from '../../src/derive/belief.ts';
import { serverNumber } from '../../src/derive/message-ledger.ts';
import { countsOf, runsOf, type StreamRun } from '../../src/derive/stream-runs.ts';
import { streamTalkOf } from '../../src/derive/stream-wire.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** A link that is frozen both ways for so long is a tunnel, ms. */
const tunnelMs = 7000;
/** The client has to notice so soon, ms. */
const noticedMs = 5000;
/** Fewer attempts to come back than this. */
const tooManyAttempts = 5;
/** It has to send so long after the tunnel, ms, and so many messages in all. */
const afterMs = 2000;
const fewestMessages = 30;

/**
 * A tunnel holds bytes and loses none: a client that does nothing gets all of them late, and shows the user a dead page
 * for eight seconds. One that notices gives up the connection, and everything that is held in it.
 */
export const outOfTheTunnel: Challenge = {
  id: 'out-of-the-tunnel',
  title: 'Out of the tunnel, with everything',
  task: 'Run the train tunnel. Notice within 5 seconds that the connection is dead, and give it up. Come back with fewer than 5 attempts. In the end, no message from either side may be lost or doubled.',
  hints: [
    'A bare WebSocket notices nothing. Which part asks whether the server is still there?',
    'A client that gives up a connection loses what the server has sent on it. Which part asks for that again?',
    'Reconnect, heartbeat, queue, acknowledgement, resume and dedupe, all switched on: their default parameters will do.',
  ],
  judge(connections, { conditionChanges, program = [] } = { conditionChanges: [] }): Verdict {
    const tunnels = tunnelsOf(conditionChanges);
    const runs = runsOf(connections);
    if (runs.length === 0) return { passed: false, seen: [], missing: ['No run has begun yet.'] };
    if (tunnels.length === 0) {
      return { passed: false, seen: [], missing: ['No run has gone through a tunnel yet.'] };
    }
    const verdicts = runs
      .flatMap((run) => tunnels.map((tunnel) => judgeRun(run, tunnel, program)))
      .filter((verdict) => verdict !== undefined)
      .toSorted((one, other) => one.missing.length - other.missing.length);
    const missing = ['No run was open when a tunnel began and went on after it.'];
    return verdicts[0] ?? { passed: false, seen: [], missing };
  },
};

/** A stretch of time in which the link was frozen both ways, ms since the lab began. */
interface Tunnel {
  from: number;
  to: number;
}

function tunnelsOf(changes: readonly ConditionsEvent[]): Tunnel[] {
  const tunnels: Tunnel[] = [];
  let from: number | undefined;
  for (const { at, conditions } of changes) {
    const isFrozen = conditions.frozen === 'both' && conditions.probability === 1;
    if (isFrozen) from ??= at;
    else if (from !== undefined) {
      if (at - from >= tunnelMs) tunnels.push({ from, to: at });
      from = undefined;
    }
  }
  return tunnels;
}

function judgeRun(
  { mark, connections }: StreamRun,
  tunnel: Tunnel,
  program: readonly ProgramEvent[],
): Verdict | undefined {
  const talks = connections.map(streamTalkOf);
  const welcomedAt = talks[0]?.welcomedAt;
  const sent = talks.flatMap(({ messages }) => messages).filter(({ from }) => from === 'client');
  const lastSentAt = Math.max(0, ...sent.map(({ at }) => at));
  if (welcomedAt === undefined || welcomedAt > tunnel.from) return undefined;
  const seen: string[] = [];
  const missing: string[] = [];
  const say = (isGood: boolean, good: string, bad: string): void => {
    if (isGood) seen.push(good);
    else missing.push(bad);
  };
  const letGo = talks
    .map(({ clientClosedAt = Infinity }) => clientClosedAt - tunnel.from)
    .find((after) => after >= 0 && after <= noticedMs);
  say(
    letGo !== undefined,
    `It gave up the dead connection ${seconds(letGo ?? 0)} after the tunnel began.`,
    'It did not give up the dead connection within 5 s.',
  );
  const attempts = connections.length - 1;
  say(
    attempts < tooManyAttempts,
    `It came back with ${String(attempts)} ${attempts === 1 ? 'attempt' : 'attempts'}.`,
    `It has made ${String(attempts)} attempts to come back; fewer than 5 are allowed.`,
  );
  say(
    lastSentAt >= tunnel.to + afterMs && sent.length >= fewestMessages,
    'It went on sending after the tunnel.',
    `It has to go on sending for 2 s after the tunnel, with ${String(fewestMessages)} messages in all.`,
  );
  const took = countsOf(
    program.filter(({ did }) => did === 'took').map(({ data }) => messageNumber(mark, data)),
  );
  const numbers = [...took.keys(), ...sent.map(({ data }) => messageNumber(mark, data) ?? 0)];
  const last = Math.max(0, ...numbers);
  sayCounts('The server', took, range(1, last), say);

  const reached = talks.flatMap(({ messages, clientClosedAt = Infinity }) =>
    messages.filter(({ from, due = Infinity }) => from === 'server' && due < clientClosedAt),
  );
  const made = program
    .filter(({ did, at }) => did === 'made' && at >= welcomedAt && at <= lastSentAt)
    .map(({ data }) => serverNumber(data) ?? 0);
  sayCounts('The page', countsOf(reached.map(({ data }) => serverNumber(data))), made, say);
  return { passed: missing.length === 0, seen, missing };
}

function sayCounts(
  who: string,
  counts: ReadonlyMap<number, number>,
  expected: readonly number[],
  say: (isGood: boolean, good: string, bad: string) => void,
): void {
  const lost = expected.filter((number) => !counts.has(number)).length;
  const doubled = expected.filter((number) => (counts.get(number) ?? 0) > 1).length;
  say(
    lost + doubled === 0 && expected.length > 0,
    `${who} was given each of the ${String(expected.length)} messages once.`,
    `${who} is missing ${String(lost)} of ${String(expected.length)} messages, and was given ${String(doubled)} more than once.`,
  );
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
