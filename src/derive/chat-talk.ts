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
import { chatTargetOf, parseChatTarget } from './chat-target.ts';
import { timesOf, type Chunk, type Connection, type Stream } from './connection.ts';
import { ExchangeReader, type HttpExchange, type HttpMessage } from './http-exchanges.ts';
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

function read(connection: Connection): ChatTalk | undefined {
  const { conn, handshake } = connection;
  const target = chatTargetOf(connection);
  if (!target) return undefined;
  if (target.isMessages) {
    return { conn, name: undefined, said: [], told: [], exchanges: readExchanges(connection) };
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
  return { conn, name: target.parameter('name'), said, told, exchanges: [] };
}

/** How far the exchanges of a connection are read: those that change no more are read once. */
interface Reading {
  reader: ExchangeReader;
  settled: (ChatExchange | undefined)[];
}

/** By the one thing that a connection keeps while it grows: a poller's may have thousands of exchanges. */
const readings = new WeakMap<readonly Chunk[], Reading>();

function readExchanges(connection: Connection): ChatExchange[] {
  const { chunks } = connection.client;
  const reading = readings.get(chunks) ?? { reader: new ExchangeReader(), settled: [] };
  readings.set(chunks, reading);
  const { reader, settled } = reading;
  const exchanges = reader.read(connection);
  const found: ChatExchange[] = [];
  for (const [index, exchange] of exchanges.entries()) {
    const known = index < settled.length ? settled[index] : readExchange(exchange, connection);
    if (known) found.push(known);
    const isSettled = exchange.state === 'done' && known?.answered?.due !== undefined;
    if (isSettled && index === settled.length) settled.push(known);
  }
  return found;
}

function readExchange(
  { request, response }: HttpExchange,
  { client, server }: Connection,
): ChatExchange | undefined {
  const target = request && parseChatTarget(request.head.target);
  const asked = request && crossingOf(client, request);
  if (!target?.isMessages || !asked) return undefined;
  const answered = response?.body.isWhole === true ? crossingOf(server, response) : undefined;
  const json = answered && response ? bodyOf(server, response) : undefined;
  const poll = request.head.method === 'GET' ? parseChatPoll(json) : undefined;
  const stored = request.head.method === 'POST' ? parseStoredMessage(json) : undefined;
  return {
    asked,
    answered,
    as: target.parameter('as'),
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
