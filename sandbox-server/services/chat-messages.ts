import { parseChatName, parseUtterance, type ChatPoll } from '../../src/contract/chat.ts';
import { isRecord, show, type Parsed } from '../../src/contract/result.ts';
import type { ChatRoom } from '../chat/chat-room.ts';
import type { ChatRooms } from '../chat/chat-rooms.ts';
import { readSince } from '../feed/read-since.ts';
import { TokenBucket } from '../feed/token-bucket.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { closesAfter } from './http-options.ts';
import type { PlainRequest, Service } from './service.ts';

/** The same chat over HTTP alone: `GET` asks what is new, `POST` says something. Whoever polls is no member. */
export function createChatMessages(
  { maxChatMessagesPerSecond, maxChatPollsPerSecond }: Limits,
  rooms: ChatRooms,
): Service {
  // One for all: over HTTP there is no connection by which to tell clients apart.
  const posts = bucketsOf(maxChatMessagesPerSecond);
  const polls = bucketsOf(maxChatPollsPerSecond);
  return {
    door: 'own pages',
    methods: ['GET', 'POST'],
    answer(plain) {
      const room = rooms.of(plain.lab);
      const closes = closesAfter(plain.query);
      if (plain.request.method === 'GET') {
        if (!polls(room).take(performance.now())) throw refuse.chatPolledTooFast(maxChatPollsPerSecond);
        const since = readSince(plain.query.get('since') ?? '0', room.history.lastId);
        send(plain, 200, pollAnswer(room, since), closes);
        return;
      }
      const body = plain.body;
      if (!isRecord(body)) throw refuse.fieldRefused('body', `expected a JSON object, got ${show(body)}`);
      const name = demand(parseChatName(body['name']));
      const utterance = demand(parseUtterance(body));
      if (room.isTaken(name)) throw refuse.chatNameTaken(name);
      if (!posts(room).take(performance.now())) throw refuse.chatTooFast(maxChatMessagesPerSecond);
      room.say(name, utterance, (message, isNew) => {
        send(plain, isNew ? 201 : 200, message, closes);
      });
    },
  };
}

/** A bucket for each room. */
function bucketsOf(perSecond: number): (room: ChatRoom) => TokenBucket {
  const buckets = new WeakMap<ChatRoom, TokenBucket>();
  return (room) => {
    const bucket = buckets.get(room) ?? new TokenBucket(perSecond, performance.now());
    buckets.set(room, bucket);
    return bucket;
  };
}

function pollAnswer(room: ChatRoom, since: number): ChatPoll {
  return { ...room.history.after(since), next: room.history.lastId };
}

function demand<T>(parsed: Parsed<T>): T {
  if (parsed.ok) return parsed.value;
  throw refuse.fieldRefused(parsed.field, parsed.message);
}

function send({ response }: PlainRequest, status: 200 | 201, body: object, closes: boolean): void {
  const text = JSON.stringify(body);
  if (closes) response.setHeader('Connection', 'close');
  response.writeHead(status, {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
