import { Opcode } from '../../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from '../challenge.ts';
import { byHand, faultsOfFrame, faultsOfUnfinished } from './faults.ts';

/** Send a legal text frame by hand, and have it echoed (RFC 6455 §5.6). */
export const sendATextFrame: Challenge = {
  id: 'send-a-text-frame',
  title: '2. Send a text frame',
  task: 'After your 101, type a text frame in hex that breaks no rule. The server echoes it.',
  hints: [
    'The first byte: FIN and opcode 1 are 81. The second: MASK and the length; 85 for five bytes.',
    'The four bytes of the masking-key follow, then the payload XORed with the key. A key of four zero bytes is legal, and leaves the payload as it is.',
    '81 85 00000000 48656c6c6f says Hello.',
  ],
  judge(connections): Verdict {
    const tries = byHand(connections).flatMap((connection) =>
      connection.frames
        .filter(({ from, frame }) => from === 'client' && frame.opcode < 8)
        .map((timed) => ({ connection, timed })),
    );
    const unfinished = byHand(connections).at(-1);
    const waiting = unfinished ? faultsOfUnfinished(unfinished) : [];
    const verdicts = tries.map(({ connection, timed }): Verdict => {
      const missing = faultsOfFrame(connection, timed);
      const { frame, index } = timed;
      if (frame.opcode !== Opcode.text || !frame.fin)
        missing.push(`Frame ${String(index)} is not a whole text message: its first byte should be 81.`);
      if (frame.payloadLength === 0)
        missing.push(`Frame ${String(index)} says nothing: its payload is empty.`);
      const echo = connection.frames.some(
        (other) => other.from === 'server' && other.frame.opcode === Opcode.text && other.index > index,
      );
      const seen = [`Frame ${String(index)} went out.`, ...(echo ? ['The server echoed it.'] : [])];
      if (!echo) missing.push('No echo has come yet.');
      return { passed: missing.length === 0, seen, missing };
    });
    const passed = verdicts.find((verdict) => verdict.passed);
    if (passed) return passed;
    if (waiting.length > 0) return { passed: false, seen: [], missing: waiting };
    const missing = ['No frame has been typed yet after a handshake by hand.'];
    return verdicts.at(-1) ?? { passed: false, seen: [], missing };
  },
};
