import type { Connection, TimedFrame } from '../../src/derive/connection.ts';
import { dataMessages, type DataMessage } from '../../src/derive/data-message.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Send one text message in three frames, with a ping in between that is answered before the message is echoed. */
export const pingBetweenFragments: Challenge = {
  id: 'ping-between-fragments',
  title: 'Three fragments and a ping',
  task: 'Send one text message in exactly three frames, with a ping in between. The pong has to come back before the echo of the message. Break no rule.',
  hints: [
    'Three frames of one message: FIN is 0, 0, 1, and only the first says “text”.',
    'Then there are four frames in the tray: for example text, continuation, ping, continuation. The ping has FIN set.',
    'The server can echo the message only once it has the last fragment, so a ping before that is answered first.',
  ],
  judge(connections): Verdict {
    const verdicts = connections.flatMap((connection) =>
      dataMessages(connection)
        .filter(({ from, frames }) => from === 'client' && frames[0]?.frame.opcode === Opcode.text)
        .map((message) => judgeMessage(message, connection)),
    );
    const best = verdicts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return best ?? { passed: false, seen: [], missing: ['No text message has been sent yet.'] };
  },
};

function judgeMessage({ frames: fragments, isFinished }: DataMessage, { frames }: Connection): Verdict {
  const seen: string[] = [];
  const missing: string[] = [];
  const note = (ok: boolean, held: string, lacking: string): void => {
    (ok ? seen : missing).push(ok ? held : lacking);
  };
  const count = fragments.length;
  note(
    isFinished && count === 3,
    'A text message went out in three frames.',
    isFinished
      ? `The closest message went out in ${count === 1 ? '1 frame' : `${String(count)} frames`}, not in 3.`
      : 'The closest message is not finished: its last frame needs FIN.',
  );
  const first = fragments[0]?.index ?? 0;
  // While the end has not come, whatever comes stands in between.
  const last = isFinished ? (fragments.at(-1)?.index ?? 0) : Infinity;
  const between = frames.filter(({ index }) => index > first && index < last);
  const ping = between.find((timed) => is(timed, 'client', Opcode.ping));
  note(
    ping !== undefined,
    'There was a ping between its fragments.',
    'There was no ping between its fragments.',
  );
  const after = (opcode: number, index: number): TimedFrame | undefined =>
    frames.find((timed) => is(timed, 'server', opcode) && timed.index > index);
  const pong = ping && after(Opcode.pong, ping.index);
  const echo = after(Opcode.text, last);
  const isBefore = pong !== undefined && echo !== undefined && pong.index < echo.index;
  note(
    isBefore,
    'The pong came back before the echo of the message.',
    echo === undefined
      ? 'The message has not been echoed.'
      : 'The pong for that ping did not come before the echo.',
  );
  const broken = frames.find(({ from, frame }) => from === 'client' && frame.violations.length > 0)?.frame
    .violations[0]?.rule;
  note(
    broken === undefined,
    'No rule was broken on the way.',
    `The connection broke a rule: ${broken?.says ?? ''} (${broken?.section ?? ''})`,
  );
  return { passed: missing.length === 0, seen, missing };
}

const is = ({ from, frame }: TimedFrame, side: TimedFrame['from'], opcode: number): boolean =>
  from === side && frame.opcode === opcode;
