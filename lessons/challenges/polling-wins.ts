import type { Connection } from '../../src/derive/connection.ts';
import { answerText, messageIds } from '../../src/derive/answer-text.ts';
import { feedRequests, type FeedRequest } from '../../src/derive/feed-requests.ts';
import { latin1 } from '../../src/protocol/visible-text.ts';
import type { Challenge, Verdict } from './challenge.ts';

/** How many messages both have to bring. */
const messagesWanted = 100;

/** How far apart the beginnings of two listeners may be that listen together, ms. */
const together = 1000;

/** Find the corner of the map where polling is the cheapest, and prove it with bytes of your own. */
export const pollingWins: Challenge = {
  id: 'polling-wins',
  title: 'Make polling win',
  task: 'Find settings with which short polls bring a hundred messages or more in fewer bytes than a WebSocket that receives the same messages. None may be missed. Let the race run until the second poll has brought its share.',
  hints: [
    'A poll costs one pair of heads, however many messages it brings. On a WebSocket each message has a header of its own.',
    'Try many messages a second and a long interval. A frame with more than 125 bytes of payload has a header of four bytes instead of two; in the body of a poll, a comma separates two messages.',
    'The feed holds only so many messages: if the interval is too long for the rate, some are missed. 50 a second with an interval of 10 seconds works; the race has to run for about 25 seconds.',
  ],
  judge(connections): Verdict {
    const attempts = connections.filter(isFeedSocket).map((socket) => judgeAttempt(socket, connections));
    const best = attempts.toSorted(
      (one, other) => one.missing.length - other.missing.length || other.seen.length - one.seen.length,
    )[0];
    return (
      best ?? {
        passed: false,
        seen: [],
        missing: ['No WebSocket has received the feed yet: run a race.'],
      }
    );
  },
};

const isFeedSocket = ({ path, handshake }: Connection): boolean =>
  path !== null && handshake === 'open' && /^\/labs\/[^/]+\/feed(\?|$)/.test(path);

const bytesOf = ({ exchange: { request, response } }: FeedRequest): number =>
  [request, response].reduce(
    (sum, message) =>
      sum +
      (message
        ? message.headRange.end -
          message.headRange.start +
          message.body.contentBytes +
          message.body.framingBytes
        : 0),
    0,
  );

/** Compares a WebSocket with the polls that were made while it was open. */
function judgeAttempt(socket: Connection, connections: readonly Connection[]): Verdict {
  const from = socket.openedAt - together;
  const until = (socket.end?.at ?? Infinity) + together;
  const polls = feedRequests(connections, 'poll', from).filter(
    ({ beganAt, exchange }) => beganAt <= until && exchange.state === 'done',
  );
  const polled = new Set(polls.flatMap((poll) => messageIds(answerText(poll.connection, poll.exchange))));
  const last = Math.max(0, ...polled);
  let socketBytes = (socket.request?.bytes.length ?? 0) + (socket.response?.bytes.length ?? 0);
  const pushed: number[] = [];
  for (const { from: side, frame, range } of socket.frames) {
    const [id] = side === 'server' ? messageIds(latin1(frame.payload.subarray(0, 60))) : [];
    if (id === undefined || id > last) continue;
    pushed.push(id);
    socketBytes += range.end - range.start;
  }
  const pollBytes = polls.reduce((sum, poll) => sum + bytesOf(poll), 0);
  const missed = pushed.filter((id) => !polled.has(id)).length;
  return verdictOf(socket.conn, { polls: polls.length, polled: polled.size, missed, pollBytes, socketBytes });
}

interface Comparison {
  polls: number;
  polled: number;
  missed: number;
  pollBytes: number;
  socketBytes: number;
}

function verdictOf(conn: number, { polls, polled, missed, pollBytes, socketBytes }: Comparison): Verdict {
  const seen: string[] = [];
  const missing: string[] = [];
  const brought = `While WebSocket connection ${String(conn)} was open, ${String(polls)} polls brought ${String(polled)} messages`;
  if (polled >= messagesWanted) seen.push(`${brought}.`);
  else missing.push(`${brought}; ${String(messagesWanted)} are needed.`);
  if (missed > 0) missing.push(`The polls missed ${String(missed)} that the WebSocket received.`);
  const both = `the polls cost ${pollBytes.toLocaleString('en')} bytes and the WebSocket ${socketBytes.toLocaleString('en')}`;
  if (polled > 0 && pollBytes < socketBytes) seen.push(`For the same messages ${both}.`);
  else if (polled > 0) missing.push(`For the same messages ${both}.`);
  return { passed: missing.length === 0, seen, missing };
}
