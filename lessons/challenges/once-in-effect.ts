import { messageNumber } from '../../src/derive/belief.ts';
import { countsOf, runsOf, type StreamRun } from '../../src/derive/stream-runs.ts';
import { streamTalkOf } from '../../src/derive/stream-wire.ts';
import type { ConditionsEvent, ProgramEvent } from '../../src/contract/wire-event.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** The least chance that a message is dropped, and doubled, that counts. */
const leastChance = 0.05;
const fewestMessages = 30;

/** Have the server's program take each message once, though messages are dropped and doubled and the connection is cut. */
export const onceInEffect: Challenge = {
  id: 'once-in-effect',
  title: 'Once, in effect',
  task: `Have at least 5 % of the client’s messages dropped and at least 5 % doubled. Cut the connection with an RST in the middle of a run of ${String(fewestMessages)} messages or more. In the end, the server’s program must have taken each message exactly once.`,
  hints: [
    'Open “The network”: dropping and doubling are conditions for messages, and the RST is a button.',
    'Which part sends a message again after a cut, and which one knows that it has arrived before?',
    'Reconnect, queue and acknowledgement. A dropped message holds up everything behind it until it is sent again: make that time shorter in the parameters.',
  ],
  judge(connections, { conditionChanges, program = [] } = { conditionChanges: [] }): Verdict {
    const verdicts = runsOf(connections)
      .map((run) => judgeRun(run, conditionChanges, program))
      .toSorted((one, other) => one.missing.length - other.missing.length);
    return verdicts[0] ?? { passed: false, seen: [], missing: ['No run has begun yet.'] };
  },
};

function judgeRun(
  { mark, connections }: StreamRun,
  changes: readonly ConditionsEvent[],
  program: readonly ProgramEvent[],
): Verdict {
  const seen: string[] = [];
  const missing: string[] = [];
  const say = (isGood: boolean, good: string, bad: string): void => {
    if (isGood) seen.push(good);
    else missing.push(bad);
  };
  const sent = connections
    .flatMap((connection) => streamTalkOf(connection).messages)
    .filter(({ from }) => from === 'client');
  const from = Math.min(...sent.map(({ at }) => at));
  const to = Math.max(...sent.map(({ at }) => at));
  const isHarmed = changes.some(({ at, conditions }, index) => {
    const until = changes[index + 1]?.at ?? Infinity;
    return (
      at <= to &&
      until >= from &&
      conditions.dropMessages >= leastChance &&
      conditions.duplicateMessages >= leastChance &&
      conditions.messageDirection !== 'server'
    );
  });
  say(
    isHarmed,
    'Messages were dropped and doubled while it ran.',
    'No messages were dropped and doubled while it ran.',
  );
  const isCut = connections.some(({ end }) => end?.by === 'link' && end.how === 'rst');
  say(isCut, 'Its connection was cut with an RST.', 'Its connection has not been cut with an RST.');
  const took = countsOf(
    program.filter(({ did }) => did === 'took').map(({ data }) => messageNumber(mark, data)),
  );
  const numbers = [...took.keys(), ...sent.map(({ data }) => messageNumber(mark, data) ?? 0)];
  const last = Math.max(0, ...numbers);
  say(
    last >= fewestMessages,
    `It sent ${String(last)} messages.`,
    `It has sent ${String(last)} messages; ${String(fewestMessages)} are needed.`,
  );
  const lost = last - took.size;
  const doubled = [...took.values()].filter((count) => count > 1).length;
  say(
    lost === 0 && doubled === 0 && last > 0,
    'The server’s program took each of them exactly once.',
    `The server’s program is missing ${String(lost)} of them, and took ${String(doubled)} more than once.`,
  );
  return { passed: missing.length === 0, seen, missing };
}
