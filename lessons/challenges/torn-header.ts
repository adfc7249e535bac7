import type { Connection, TimedFrame } from '../../src/derive/connection.ts';
import { isControl } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** The length of a client's header with a 16-bit payload length: 2 bytes, 2 of length, 4 of masking-key. */
const wantedHeader = 8;

/** Send a frame with a header of 8 bytes that TCP delivers in two pieces, torn within the header. */
export const tornHeader: Challenge = {
  id: 'torn-header',
  title: 'A header of 8 bytes, torn in two',
  task: 'Send a legal data frame whose header is exactly 8 bytes. Let it reach the server in two pieces, cut somewhere inside that header, and have it echoed nevertheless.',
  hints: [
    'A client’s header has 2 bytes, plus 4 for the masking-key. Which payloads need 2 more bytes for the length?',
    'Fill the payload with 126 bytes. Then choose how it goes out: cut in two writes.',
    'Cut before any of bytes 1 to 7 and send. The server waits for the rest, as it must: TCP promises bytes, not frames.',
  ],
  judge(connections): Verdict {
    const verdicts = connections.flatMap((connection) =>
      connection.frames.filter(isOfClient).map((timed) => judgeFrame(timed, connection)),
    );
    const best = verdicts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return best ?? { passed: false, seen: [], missing: ['No data frame has been sent yet.'] };
  },
};

const isOfClient = ({ from, frame }: TimedFrame): boolean => from === 'client' && !isControl(frame.opcode);

function judgeFrame({ frame, range, index }: TimedFrame, { client, frames }: Connection): Verdict {
  const seen: string[] = [];
  const missing: string[] = [];
  const note = (ok: boolean, held: string, lacking: string): void => {
    (ok ? seen : missing).push(ok ? held : lacking);
  };
  const header = range.end - range.start - frame.payloadLength;
  note(
    header === wantedHeader,
    'A frame went out with a header of 8 bytes.',
    `The closest frame has a header of ${String(header)} bytes, not 8.`,
  );
  const [broken] = frame.violations;
  note(
    broken === undefined,
    'It is legal.',
    `It breaks a rule: ${broken?.rule.says ?? ''} (${broken?.rule.section ?? ''})`,
  );
  const tear = client.chunks.find(({ offset }) => offset > range.start && offset < range.start + header);
  note(
    tear !== undefined,
    `Its header came in two pieces, cut before byte ${String((tear?.offset ?? 0) - range.start)}.`,
    'Its header came in one piece.',
  );
  const isEchoed = frames.some(
    (other) => other.from === 'server' && other.index > index && isSame(other.frame.payload, frame.payload),
  );
  note(isEchoed, 'The server put it together and echoed it.', 'The server has not echoed it.');
  return { passed: missing.length === 0, seen, missing };
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
