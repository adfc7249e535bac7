import type { Connection } from '../../src/derive/connection.ts';
import { heartbeatOf } from '../../src/derive/heartbeat.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** How many of the server's pings have to be answered. */
const answersWanted = 3;

/** The longest payload of a control frame (RFC 6455 §5.5). */
const longestPayload = 125;

/** Do both duties of §5.5.2 and §5.5.3 by hand: answer pings, and have the largest legal one answered. */
export const heartByHand: Challenge = {
  id: 'heart-by-hand',
  title: 'Keep your own heart beating',
  task: 'On one connection opened by hand, answer three of the server’s pings, and get an answer to a ping of your own that is as long as a ping may be.',
  hints: [
    'Open the connection in “Be the client” with a slow heartbeat, so that you have time.',
    'A pong has to carry the payload of the ping, which is empty here, and it has to be masked, like everything that a client sends.',
    'The payload of a control frame has at most 125 bytes. “Fill to 125 bytes” makes one of that length.',
  ],
  judge(connections): Verdict {
    const attempts = connections
      .filter(({ path, handshake }) => path === null && handshake === 'open')
      .map(judgeAttempt);
    const best = attempts.toSorted((one, other) => one.missing.length - other.missing.length)[0];
    return (
      best ?? {
        passed: false,
        seen: [],
        missing: ['No connection has been opened by hand yet: do it in “Be the client”.'],
      }
    );
  },
};

function judgeAttempt(connection: Connection): Verdict {
  const seen = [`Connection ${String(connection.conn)} was opened by hand.`];
  const missing: string[] = [];
  const { beats } = heartbeatOf(connection);
  const answered = beats.filter(({ from, answeredAt }) => from === 'server' && answeredAt !== undefined);
  const words = `${String(answered.length)} of the server’s pings were answered`;
  if (answered.length >= answersWanted) seen.push(`${words}.`);
  else missing.push(`${words}; ${String(answersWanted)} are needed.`);
  const own = beats.filter(({ from, answeredAt }) => from === 'client' && answeredAt !== undefined);
  const longest = Math.max(0, ...own.map(({ payload }) => payload.length));
  if (longest === longestPayload) seen.push('A ping of 125 bytes came back as a pong.');
  else if (own.length === 0) missing.push('No ping of yours has been answered.');
  else missing.push(`The longest ping of yours that was answered has ${String(longest)} bytes, not 125.`);
  if (connection.frames.some(({ from, frame }) => from === 'client' && frame.violations.length > 0)) {
    missing.push('It sent an illegal frame.');
  }
  return { passed: missing.length === 0, seen, missing };
}
