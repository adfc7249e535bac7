import {
  parseChatEvent,
  parseChatPoll,
  parseChatRequest,
  parseStoredMessage,
  type ChatEvent,
  type ChatPoll,
  type ChatRequest,
  type StoredMessage,
} from '../contract/chat.ts';
import type { Parsed } from '../contract/result.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import { timesOf, type Connection, type Stream } from './connection.ts';
import { exchangesOf, type HttpExchange, type HttpMessage } from './http-exchanges.ts';
import { messagesOf } from './messages.ts';
import { streamBytes } from './stream-bytes.ts';

/** When something entered the link and when it left it; ms since the lab began, `due` only if it has left. */
export interface Crossing {
  at: number;
  due: number | undefined;
}

/** A request for the messages of a chat and what came of it. */
export interface ChatExchange {
  asked: Crossing;
  answered: Crossing | undefined;
  /** What it was called by whoever asked (`as=` of a poll): the server passes it over. */
  as: string | undefined;
  /** What a poll was answered. */
  poll: ChatPoll | undefined;
  /** What a post was answered. */
  stored: StoredMessage | undefined;
}

/** What a connection has to do with the chat of its lab, read from its bytes. */
export interface ChatTalk {
  conn: number;
  /** The name in its request-target; `undefined` of a connection that polls or posts. */
  name: string | undefined;
  /** What the client said on its socket, and why it could not be read where it could not. */
  said: readonly (Crossing & { request: Parsed<ChatRequest> })[];
  /** What the chat told it on its socket. */
  told: readonly (Crossing & { event: ChatEvent })[];
  /** Its polls and posts, whose answers are whole or under way. */
  exchanges: readonly ChatExchange[];
}

/** A connection that has not changed has nothing new to say. */
const talks = new WeakMap<Connection, ChatTalk | { isNoChat: true }>();

/** What a connection has to do with the chat; `undefined` where that is nothing. */
export function chatTalkOf(connection: Connection): ChatTalk | undefined {
  const known = talks.get(connection) ?? read(connection) ?? { isNoChat: true };
  talks.set(connection, known);
  return 'isNoChat' in known ? undefined : known;
}

/** The paths of a chat: its socket's, and that of its messages. */
const chatPath = /^\/labs\/[^/]+\/chat(\/messages)?$/;

function partsOf(target: string): { isMessages: boolean; query: string } | undefined {
  const [path = '', query = ''] = target.split('?');
  const match = chatPath.exec(path);
  return match ? { isMessages: match[1] !== undefined, query } : undefined;
}

/** The value of a query's parameter; `undefined` where there is none, or one that is no UTF-8. */
function parameter(query: string, name: string): string | undefined {
  const pair = query.split('&').find((each) => each.startsWith(`${name}=`));
  try {
    return pair && decodeURIComponent(pair.slice(name.length + 1).replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

function read(connection: Connection): ChatTalk | undefined {
  const { conn, request, handshake } = connection;
  const parts = request && partsOf(request.target);
  if (!parts) return undefined;
  if (parts.isMessages) {
    const exchanges = exchangesOf(connection).flatMap((exchange) => readExchange(exchange, connection) ?? []);
    return { conn, name: undefined, said: [], told: [], exchanges };
  }
  const said: ChatTalk['said'][number][] = [];
  const told: ChatTalk['told'][number][] = [];
  for (const { from, at, due, message } of handshake === 'open' ? messagesOf(connection) : []) {
    const text = message.text ?? '';
    if (from === 'client') {
      said.push({ at, due, request: parseChatRequest(text) });
    } else {
      const event = parseChatEvent(text);
      if (event.ok) told.push({ at, due, event: event.value });
    }
  }
  return { conn, name: parameter(parts.query, 'name'), said, told, exchanges: [] };
}

function readExchange(
  { request, response }: HttpExchange,
  { client, server }: Connection,
): ChatExchange | undefined {
  const parts = request && partsOf(request.head.target);
  const asked = request && crossingOf(client, request);
  if (!parts?.isMessages || !asked) return undefined;
  const answered = response?.body.isWhole === true ? crossingOf(server, response) : undefined;
  const json = answered && response ? bodyOf(server, response) : undefined;
  const poll = request.head.method === 'GET' ? parseChatPoll(json) : undefined;
  const stored = request.head.method === 'POST' ? parseStoredMessage(json) : undefined;
  return {
    asked,
    answered,
    as: parameter(parts.query, 'as'),
    poll: poll?.ok ? poll.value : undefined,
    stored: stored?.ok ? stored.value : undefined,
  };
}

/** When the last byte of a message entered and left the link. */
function crossingOf(stream: Stream, { headRange, body }: HttpMessage<HttpMessageHead>): Crossing | undefined {
  const end = Math.max(headRange.end, ...body.segments.map((segment) => segment.end));
  return timesOf(stream, { start: headRange.start, end });
}

type HttpMessageHead =
  NonNullable<HttpExchange['request']>['head'] | NonNullable<HttpExchange['response']>['head'];

function bodyOf(stream: Stream, { body }: HttpMessage<HttpMessageHead>): unknown {
  const text = body.segments.map((segment) => decodeUtf8(streamBytes(stream, segment))).join('');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
