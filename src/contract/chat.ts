import { utf8Length } from '../protocol/utf8.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** The bounds of what a chat takes, in bytes of UTF-8: the one unit in which every client counts alike. */
export const chatBounds = { maxNameBytes: 32, maxTextBytes: 2000, maxClientIdBytes: 64 } as const;

/** How often a client that types should say so, and how long it counts as typing after it has; ms. */
export const typingEveryMs = 2000;
export const typingLastsMs = 4000;

/**
 * Why the chat closes a connection, in the range for private use (RFC 6455 §7.4.2). The last three digits are those of
 * the HTTP status that would say the same.
 */
export const ChatClose = {
  /** Somebody else has that name. */
  nameTaken: 4409,
  /** The client went on sending faster than it may. */
  tooFast: 4429,
  /** The client did not read what was sent to it. */
  readsTooSlowly: 4408,
} as const;

/** A message that the chat has stored. */
export interface StoredMessage {
  /** Counts from 1 within the lab: the order that all members see. */
  id: number;
  /** When it was stored: ms since 1970 by the server's clock. */
  at: number;
  name: string;
  text: string;
  /** The sender's own id for it; absent where it gave none. */
  clientId?: string;
}

/** What somebody says, before it is stored. */
export interface Utterance {
  text: string;
  clientId?: string;
}

/** What a client sends on a socket: a JSON text message each. */
export type ChatRequest = ({ type: 'message' } & Utterance) | { type: 'typing' };

/** What the chat sends on a socket: a JSON text message each. */
export type ChatEvent =
  /** First on each connection: who is there, and what was said after `since`. `missed`: so many are no longer held. */
  | { type: 'history'; you: string; members: string[]; messages: StoredMessage[]; missed: number }
  | { type: 'join' | 'leave' | 'typing'; name: string }
  /** To everybody, the sender too. */
  | ({ type: 'message' } & StoredMessage)
  /** To the sender only, and only where it gave a `clientId`: the message is stored, under this id. */
  | { type: 'ack'; clientId: string; id: number }
  | ChatError;

/** What the chat sends for something that it cannot take. The connection lives. */
export interface ChatError {
  type: 'error';
  /** Stable. `field-refused` names the field. */
  code: 'not-text' | 'not-json' | 'field-refused' | 'name-taken' | 'too-fast';
  /** The field that was wrong. */
  field?: string;
  /** What was wrong, what was expected, and what to do. */
  message: string;
  /** The `clientId` of the message that was refused, where it could be read. */
  clientId?: string;
}

/** `200` of `GET /labs/<id>/chat/messages?since=<n>`. */
export interface ChatPoll {
  /** What was stored after `since`, in order. */
  messages: StoredMessage[];
  /** The `since` of the next poll. */
  next: number;
  /** How many after `since` the chat no longer holds. */
  missed: number;
}

/** Control characters, and ones that nobody sees or that turn the line around. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u;

/** Reads a name: 1 to 32 bytes of UTF-8 that can be seen, without space around it; NFC (Unicode Annex 15). */
export function parseChatName(value: unknown): Parsed<string> {
  if (typeof value !== 'string') return refused('name', `expected a text, got ${show(value)}`);
  const name = value.normalize('NFC').trim();
  const bytes = utf8Length(name);
  if (bytes === 0 || bytes > chatBounds.maxNameBytes) {
    return refused(
      'name',
      `expected 1 to ${String(chatBounds.maxNameBytes)} bytes of UTF-8, got ${String(bytes)}`,
    );
  }
  if (unseen.test(name)) return refused('name', 'expected visible characters, on one line');
  return accepted(name);
}

/** By what two names are one: case and Unicode's look-alike forms make no difference (NFKC). */
export const chatNameKey = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Control characters but line breaks and tabs: no font shows them, and a terminal obeys them. */
const controls = /(?![\n\r\t])\p{Cc}/u;

/** Reads what somebody says: `text`, and `clientId` where there is one. */
export function parseUtterance(json: Record<string, unknown>): Parsed<Utterance> {
  const { text, clientId } = json;
  if (typeof text !== 'string') {
    return refused('text', `expected a text, got ${show(text)}${strangers(json)}`);
  }
  if (/\p{Cs}/u.test(text)) return refused('text', 'expected whole characters, got half a surrogate pair');
  if (controls.test(text))
    return refused('text', 'expected no control characters other than line breaks and tabs');
  const bytes = utf8Length(text);
  if (text.trim() === '') return refused('text', 'expected something visible, got only white space');
  if (bytes > chatBounds.maxTextBytes) {
    return refused(
      'text',
      `expected at most ${String(chatBounds.maxTextBytes)} bytes of UTF-8, got ${String(bytes)}`,
    );
  }
  if (clientId === undefined) return accepted({ text });
  const isId =
    typeof clientId === 'string' && clientId !== '' && utf8Length(clientId) <= chatBounds.maxClientIdBytes;
  if (isId) return accepted({ text, clientId });
  return refused(
    'clientId',
    `expected a text of 1 to ${String(chatBounds.maxClientIdBytes)} bytes, got ${show(clientId)}`,
  );
}

/** What a message has that the chat does not know: often the field that was meant, under another name. */
function strangers(json: Record<string, unknown>): string {
  const names = Object.keys(json).filter((name) => !['type', 'text', 'clientId', 'name'].includes(name));
  return names.length === 0 ? '' : `; the message has ${names.slice(0, 3).map(show).join(', ')} instead`;
}

/** Reads what a client sends on a socket. */
export function parseChatRequest(text: string): Parsed<ChatRequest> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const { type } = json.value;
  if (type === 'typing') return accepted({ type });
  if (type !== 'message') return refused('type', `expected "message" or "typing", got ${show(type)}`);
  const utterance = parseUtterance(json.value);
  return utterance.ok ? accepted({ type, ...utterance.value }) : utterance;
}

/** Reads what the chat sends on a socket. */
export function parseChatEvent(text: string): Parsed<ChatEvent> {
  const json = parseJson(text);
  if (!json.ok) return json;
  const { type } = json.value;
  switch (type) {
    case 'history':
      return parseHistory(json.value);
    case 'join':
    case 'leave':
    case 'typing': {
      const name = parseChatName(json.value['name']);
      return name.ok ? accepted({ type, name: name.value }) : name;
    }
    case 'message': {
      const message = parseStoredMessage(json.value);
      return message.ok ? accepted({ type, ...message.value }) : message;
    }
    case 'ack': {
      const { clientId, id } = json.value;
      if (typeof clientId !== 'string') return refused('clientId', `expected a text, got ${show(clientId)}`);
      return isCount(id) ? accepted({ type, clientId, id }) : refusedCount('id', id);
    }
    case 'error':
      return parseChatError(json.value);
    default:
      return refused('type', `expected a type of the chat, got ${show(type)}`);
  }
}

/** Reads a stored message from parsed JSON. */
export function parseStoredMessage(json: unknown): Parsed<StoredMessage> {
  if (!isRecord(json)) return refused('message', `expected an object, got ${show(json)}`);
  const { id, at } = json;
  if (!isCount(id) || id === 0) return refused('id', `expected a whole number from 1, got ${show(id)}`);
  if (typeof at !== 'number' || !Number.isFinite(at)) {
    return refused('at', `expected ms since 1970, got ${show(at)}`);
  }
  const name = parseChatName(json['name']);
  if (!name.ok) return name;
  const utterance = parseUtterance(json);
  return utterance.ok ? accepted({ id, at, name: name.value, ...utterance.value }) : utterance;
}

/** Reads the answer to a poll. */
export function parseChatPoll(json: unknown): Parsed<ChatPoll> {
  if (!isRecord(json)) return refused('body', `expected the answer to a poll, got ${show(json)}`);
  const messages = parseMessages(json['messages']);
  if (!messages.ok) return messages;
  const { next, missed } = json;
  if (!isCount(next)) return refusedCount('next', next);
  return isCount(missed)
    ? accepted({ messages: messages.value, next, missed })
    : refusedCount('missed', missed);
}

function parseHistory(json: Record<string, unknown>): Parsed<ChatEvent> {
  const you = parseChatName(json['you']);
  if (!you.ok) return refused('you', you.message);
  const { members, missed } = json;
  if (!Array.isArray(members) || !members.every((name) => parseChatName(name).ok)) {
    return refused('members', `expected an array of names, got ${show(members)}`);
  }
  const messages = parseMessages(json['messages']);
  if (!messages.ok) return messages;
  if (!isCount(missed)) return refusedCount('missed', missed);
  return accepted({
    type: 'history',
    you: you.value,
    members: members as string[],
    messages: messages.value,
    missed,
  });
}

function parseMessages(list: unknown): Parsed<StoredMessage[]> {
  if (!Array.isArray(list)) return refused('messages', `expected an array, got ${show(list)}`);
  const messages: StoredMessage[] = [];
  for (const [index, json] of list.entries()) {
    const message = parseStoredMessage(json);
    if (!message.ok) return refused(`messages[${String(index)}].${message.field}`, message.message);
    messages.push(message.value);
  }
  return accepted(messages);
}

const errorCodes: readonly ChatError['code'][] = [
  'not-text',
  'not-json',
  'field-refused',
  'name-taken',
  'too-fast',
];

function parseChatError(json: Record<string, unknown>): Parsed<ChatError> {
  const { code, field, message, clientId } = json;
  const known = errorCodes.find((each) => each === code);
  if (known === undefined)
    return refused('code', `expected one of ${errorCodes.join(', ')}, got ${show(code)}`);
  if (typeof message !== 'string') return refused('message', `expected a text, got ${show(message)}`);
  return accepted({
    type: 'error',
    code: known,
    ...(typeof field === 'string' ? { field } : {}),
    message,
    ...(typeof clientId === 'string' ? { clientId } : {}),
  });
}

/** The field of a text that is no JSON object at all. */
export const wholeMessage = 'message';

function parseJson(text: string): Parsed<Record<string, unknown>> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused(wholeMessage, `expected JSON, got ${show(text)}`);
  }
  return isRecord(json)
    ? accepted(json)
    : refused(wholeMessage, `expected a JSON object in braces, got ${show(json)}`);
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const refusedCount = (field: string, value: unknown): { ok: false; field: string; message: string } =>
  refused(field, `expected a whole number from 0, got ${show(value)}`);
