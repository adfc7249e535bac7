import type { Connection } from '../../../src/derive/connection.ts';
import { Opcode } from '../../../src/protocol/opcode.ts';
import { readClosePayload } from '../../../src/protocol/close-payload.ts';
import type { Challenge, Verdict } from '../challenge.ts';
import { byHand, faultsOfFrame, faultsOfUnfinished } from './faults.ts';

/** Complete the closing handshake by hand, with a code (RFC 6455 §7.1.2). */
export const closeProperly: Challenge = {
  id: 'close-properly',
  title: '5. Close properly',
  task: 'Send a Close frame with code 1000. The server answers with its own, and ends the TCP connection. Nothing may follow your Close frame.',
  hints: [
    'Opcode 8, and two bytes of payload: the code, the high byte first.',
    '1000 is 03e8 in hex.',
    '88 82 00000000 03e8',
  ],
  judge(connections): Verdict {
    const verdicts = byHand(connections).map(judgeOne);
    const none: Verdict = {
      passed: false,
      seen: [],
      missing: ['No connection has been opened by hand yet.'],
    };
    return verdicts.find(({ passed }) => passed) ?? verdicts.at(-1) ?? none;
  },
};

function judgeOne(connection: Connection): Verdict {
  const { frames, end } = connection;
  const closeOf = (side: 'client' | 'server') =>
    frames.find(({ from, frame }) => from === side && frame.opcode === Opcode.close);
  const mine = closeOf('client');
  if (!mine) {
    const missing = [...faultsOfUnfinished(connection), 'No Close frame has gone out.'];
    return { passed: false, seen: [], missing };
  }
  const seen: string[] = [];
  const missing = frames
    .filter(({ from, index }) => from === 'client' && index >= mine.index)
    .flatMap((timed) => faultsOfFrame(connection, timed));
  const { closeCode } = readClosePayload(mine.frame.payload);
  if (closeCode === 1000) seen.push('Your Close frame says 1000.');
  else
    missing.push(
      `Your Close frame ${closeCode === undefined ? 'carries no code' : `says ${String(closeCode)}`}, not 1000.`,
    );
  if (closeOf('server')) seen.push('The server answered with its own Close.');
  else missing.push('The server’s Close has not come yet.');
  if (end) seen.push(`The TCP connection was ended by the ${end.by}.`);
  else missing.push('The TCP connection is still up.');
  return { passed: missing.length === 0, seen, missing };
}
