import type { Connection, TimedFrame } from '../../src/derive/connection.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** Send a masked message that can be read in the raw bytes, and have it answered (RFC 6455 §5.3, §10.3). */
export const readablePayload: Challenge = {
  id: 'readable-payload',
  title: 'Masked, and still legible',
  task: 'In a masked frame, send a text of at least 5 bytes that the server echoes and that anybody can read in the raw bytes on the wire.',
  hints: [
    'The MASK bit has to be 1 and the four bytes of the masking-key have to be there, or the server closes with 1002.',
    'Which byte can you XOR with any other without changing it?',
    'Set the masking-key to 00 00 00 00 in “Break it by hand”. The server cannot tell an unlucky key from a bad client.',
  ],
  judge(connections): Verdict {
    const attempts = connections.flatMap((connection) =>
      connection.frames
        .filter(({ from, frame }) => from === 'client' && frame.opcode === Opcode.text)
        .map((frame) => judgeAttempt(connection, frame)),
    );
    const best = attempts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return best ?? { passed: false, seen: [], missing: ['No client has sent a text message yet.'] };
  },
};

function judgeAttempt({ conn, frames }: Connection, { index, frame }: TimedFrame): Verdict {
  const seen = [`Connection ${String(conn)} sent a text of ${String(frame.payloadLength)} bytes.`];
  const missing: string[] = [];
  const same = equal(frame.wirePayload, frame.payload);
  if (frame.payloadLength < 5) missing.push('It is shorter than 5 bytes.');
  if (!frame.masked) missing.push('Its MASK bit is 0: a server has to fail the connection (§5.1).');
  else if (same) seen.push('It is masked, and on the wire its payload reads as it was written.');
  else missing.push('On the wire its payload is unreadable.');
  const echo = frames.some(
    (other) => other.index > index && other.from === 'server' && equal(other.frame.payload, frame.payload),
  );
  if (echo) seen.push('The server has echoed it.');
  else missing.push('The server has not echoed it.');
  return { passed: missing.length === 0, seen, missing };
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
