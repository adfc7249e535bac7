import { messagesOf } from '../../../src/derive/messages.ts';
import type { Connection } from '../../../src/derive/connection.ts';
import type { Challenge, Verdict } from '../challenge.ts';
import { byHand, faultsOfFrame, faultsOfUnfinished } from './faults.ts';

/** Send one message in several frames by hand (RFC 6455 §5.4). */
export const sendFragments: Challenge = {
  id: 'send-fragments',
  title: '4. Send a message in fragments',
  task: 'Send one text message in two frames or more. The server echoes it whole.',
  hints: [
    'The first fragment has FIN 0 and the opcode of the message; the others have opcode 0; the last has FIN 1.',
    'First bytes: 01 for the first, 00 for one in the middle, 80 for the last.',
    '01 83 00000000 48656c, then 80 82 00000000 6c6f',
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
  const messages = messagesOf(connection);
  const mine = messages.find(({ from, message }) => from === 'client' && message.fragments.length > 1);
  const faults = connection.frames
    .filter(({ from }) => from === 'client')
    .flatMap((timed) => faultsOfFrame(connection, timed));
  faults.push(...faultsOfUnfinished(connection));
  if (!mine) {
    return {
      passed: false,
      seen: [],
      missing: [...faults, 'No message has gone out in more than one frame.'],
    };
  }
  const seen = [
    `A message went out in ${String(mine.message.fragments.length)} frames: “${mine.message.text ?? ''}”.`,
  ];
  const missing = [...faults];
  const echoed = messages.some(
    ({ from, message }) => from === 'server' && message.text === mine.message.text,
  );
  if (echoed) seen.push('The server echoed it whole.');
  else missing.push('The echo of the whole message has not come yet.');
  return { passed: missing.length === 0, seen, missing };
}
