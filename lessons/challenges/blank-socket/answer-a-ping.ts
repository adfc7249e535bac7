import type { Connection } from '../../../src/derive/connection.ts';
import { Opcode } from '../../../src/protocol/opcode.ts';
import type { Challenge, Verdict } from '../challenge.ts';
import { byHand, faultsOfFrame, faultsOfUnfinished } from './faults.ts';

/** Answer the server's Ping by hand, in time (RFC 6455 §5.5.2, §5.5.3). */
export const answerAPing: Challenge = {
  id: 'answer-a-ping',
  title: '3. Answer a ping',
  task: 'Shake hands by hand on the echo path with ?heartbeat=15000 behind it. The server pings every 15 seconds and drops a client that has not answered by the next ping: answer one ping with a pong.',
  hints: [
    'A Pong is a control frame, like the Ping: FIN is 1, the opcode 0xA. It carries the Ping’s payload.',
    'The server’s Ping carries none, so the first byte is 8a and the second 80: masked, length 0. Then the key.',
    '8a 80 00000000',
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
  const { frames } = connection;
  const ping = frames.find(({ from, frame }) => from === 'server' && frame.opcode === Opcode.ping);
  if (!ping) {
    return {
      passed: false,
      seen: [],
      missing: ['The server has not pinged yet: was ?heartbeat=15000 in the path?'],
    };
  }
  const seen = [`The server pinged with frame ${String(ping.index)}.`];
  const pong = frames.find(
    ({ from, frame, index }) => from === 'client' && frame.opcode === Opcode.pong && index > ping.index,
  );
  if (!pong) {
    const missing = [...faultsOfUnfinished(connection), 'No pong has gone out since then.'];
    return { passed: false, seen, missing };
  }
  const missing = faultsOfFrame(connection, pong);
  if (!sameBytes(pong.frame.payload, ping.frame.payload)) {
    missing.push('The pong’s payload is not that of the ping (§5.5.3).');
  }
  if (missing.length === 0) seen.push(`Frame ${String(pong.index)} answered it.`);
  return { passed: missing.length === 0, seen, missing };
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
