import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** What the source of a feed makes. The same settings make the same messages, with the same gaps between them. */
export interface FeedSettings {
  /** In the mean. */
  messagesPerSecond: number;
  /** 0: one after the other, evenly; 1: in bursts with silence between them. The mean rate stays. */
  burstiness: number;
  /** Length of each message's `payload`; all of it is ASCII. */
  payloadBytes: number;
  /** The source ends after so many; 0: it does not end. */
  count: number;
  /** Where the chance of the source begins. */
  seed: number;
}

/** What a feed makes that begins by itself, for the first who listens. */
export const defaultFeedSettings: Readonly<FeedSettings> = {
  messagesPerSecond: 1,
  burstiness: 0,
  payloadBytes: 64,
  count: 0,
  seed: 1,
};

/** The range of a setting, both ends included. */
interface Range {
  min: number;
  max: number;
  /** Only whole numbers. */
  isWhole: boolean;
}

/** What each setting may be. */
export const feedRanges: Readonly<Record<keyof FeedSettings, Range>> = {
  messagesPerSecond: { min: 0.01, max: 1000, isWhole: false },
  burstiness: { min: 0, max: 1, isWhole: false },
  payloadBytes: { min: 0, max: 16_384, isWhole: true },
  count: { min: 0, max: 1_000_000, isWhole: true },
  seed: { min: 0, max: 0xffff_ffff, isWhole: true },
};

const settingNames = Object.keys(feedRanges) as (keyof FeedSettings)[];

/** One message of a feed: what a WebSocket text message, the `data` of an SSE event and an item of a poll answer hold. */
export interface FeedMessage {
  /** Counts from 1 in each run of the feed; one that is missing was not heard. */
  id: number;
  /** When the server made it: ms since 1970 by the server's clock, with fractions. */
  bornAt: number;
  payload: string;
}

/** `200` of `GET /labs/<id>/feed/poll` and `…/feed/long-poll`. */
export interface PollAnswer {
  /** What came after `since`, in order; empty where nothing did. */
  messages: FeedMessage[];
  /** The `since` of the next poll. */
  next: number;
  /** How many after `since` the feed no longer holds; absent where there are none. */
  missed?: number;
}

/** The four ways to hear a feed. */
export const feedTransports = ['poll', 'longPoll', 'events', 'webSocket'] as const;
export type FeedTransport = (typeof feedTransports)[number];

/** What the server did for those who listened one way, in this run of the feed. */
export interface FeedWork {
  /** Requests that it answered, with whatever status; an opening handshake is one. */
  requests: number;
  /** Messages that it sent; one that several listeners are sent counts for each. */
  messages: number;
  /** Messages that listeners missed because the feed held them no longer when they could take them. */
  missed: number;
  /** Time that its program spent, from a request's head to the last byte written, and on each message pushed. */
  workMs: number;
  /** Open now: event streams, WebSockets, polls that wait. */
  open: number;
}

/**
 * How a feed is: not begun (nobody has listened yet), running, resting (nobody has listened for a while; it goes on
 * when somebody does), complete (it has made its `count`), or stopped by `DELETE`.
 */
export const feedPhases = ['not begun', 'running', 'resting', 'complete', 'stopped'] as const;
export type FeedPhase = (typeof feedPhases)[number];

/** `200` of `GET` and `PUT /labs/<id>/feed/settings`. */
export interface FeedState {
  settings: FeedSettings;
  phase: FeedPhase;
  /** Counts the beginnings of the feed: 1, 2, 3 …; 0 before the first. Ids count anew in each. */
  run: number;
  /** When this run began, ms since 1970 by the server's clock; `null` before the first. */
  startedAt: number | null;
  /** Of the last message made; 0 before the first. */
  lastId: number;
  /** Of the oldest message that is still held; 0 where none is. */
  oldestId: number;
  /** The server's clock, by which messages are born: ms since 1970, with fractions. */
  now: number;
  /** When the lab began, by the same clock: zero of the times in its wire log. */
  labStartedAt: number;
  transports: Record<FeedTransport, FeedWork>;
}

/** Reads the body of `PUT /labs/<id>/feed/settings`: any of the settings; the others take their defaults. */
export function parseFeedSettings(body: unknown): Parsed<FeedSettings> {
  if (!isRecord(body)) return refused('body', `expected a JSON object of settings, got ${show(body)}`);
  const settings: FeedSettings = { ...defaultFeedSettings };
  for (const [field, value] of Object.entries(body)) {
    const name = settingNames.find((each) => each === field);
    if (name === undefined)
      return refused(field, `unknown setting; the known ones are ${settingNames.join(', ')}`);
    const { min, max, isWhole } = feedRanges[name];
    const isAllowed =
      typeof value === 'number' && value >= min && value <= max && (!isWhole || Number.isInteger(value));
    if (!isAllowed) {
      const kind = isWhole ? 'a whole number' : 'a number';
      return refused(field, `expected ${kind} from ${String(min)} to ${String(max)}, got ${show(value)}`);
    }
    settings[name] = value;
  }
  return accepted(settings);
}

/** Reads a message from parsed JSON. */
export function parseFeedMessage(json: unknown): Parsed<FeedMessage> {
  if (!isRecord(json)) return refused('message', `expected an object, got ${show(json)}`);
  const { id, bornAt, payload } = json;
  if (!isCount(id) || id === 0) return refused('id', `expected a whole number from 1, got ${show(id)}`);
  if (!isTime(bornAt)) return refused('bornAt', `expected ms since 1970, got ${show(bornAt)}`);
  if (typeof payload !== 'string') return refused('payload', `expected a text, got ${show(payload)}`);
  return accepted({ id, bornAt, payload });
}

/** Reads a message from the text of a WebSocket message, or from the `data` of an SSE event. */
export function parseFeedText(text: string): Parsed<FeedMessage> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('message', `expected JSON, got ${show(text)}`);
  }
  return parseFeedMessage(json);
}

/** Reads the answer to a poll or a long poll. */
export function parsePollAnswer(body: unknown): Parsed<PollAnswer> {
  if (!isRecord(body)) return refused('body', `expected the answer to a poll, got ${show(body)}`);
  const { messages: list, next, missed } = body;
  if (!Array.isArray(list)) return refused('messages', `expected an array, got ${show(list)}`);
  const messages: FeedMessage[] = [];
  for (const [index, json] of list.entries()) {
    const message = parseFeedMessage(json);
    if (!message.ok) return refused(`messages[${String(index)}].${message.field}`, message.message);
    messages.push(message.value);
  }
  if (!isCount(next)) return refused('next', `expected a whole number from 0, got ${show(next)}`);
  if (missed === undefined) return accepted({ messages, next });
  if (!isCount(missed)) return refused('missed', `expected a whole number from 0, got ${show(missed)}`);
  return accepted({ messages, next, missed });
}

/** Reads the answer to `GET` or `PUT /labs/<id>/feed/settings`. */
export function parseFeedState(body: unknown): Parsed<FeedState> {
  if (!isRecord(body)) return refused('body', `expected the state of a feed, got ${show(body)}`);
  const settings = parseFeedSettings(body['settings']);
  if (!settings.ok) return refused(`settings.${settings.field}`, settings.message);
  const phase = feedPhases.find((each) => each === body['phase']);
  if (phase === undefined) {
    return refused('phase', `expected one of ${feedPhases.join(', ')}, got ${show(body['phase'])}`);
  }
  const { run, startedAt, lastId, oldestId, now, labStartedAt } = body;
  if (!isCount(run)) return refused('run', `expected a whole number from 0, got ${show(run)}`);
  if (startedAt !== null && !isTime(startedAt)) {
    return refused('startedAt', `expected ms since 1970 or null, got ${show(startedAt)}`);
  }
  if (!isCount(lastId)) return refused('lastId', `expected a whole number from 0, got ${show(lastId)}`);
  if (!isCount(oldestId)) return refused('oldestId', `expected a whole number from 0, got ${show(oldestId)}`);
  if (!isTime(now)) return refused('now', `expected ms since 1970, got ${show(now)}`);
  if (!isTime(labStartedAt)) {
    return refused('labStartedAt', `expected ms since 1970, got ${show(labStartedAt)}`);
  }
  const transports = parseTransports(body['transports']);
  if (!transports.ok) return transports;
  return accepted({
    settings: settings.value,
    phase,
    run,
    startedAt,
    lastId,
    oldestId,
    now,
    labStartedAt,
    transports: transports.value,
  });
}

function parseTransports(json: unknown): Parsed<Record<FeedTransport, FeedWork>> {
  if (!isRecord(json)) return refused('transports', `expected an object, got ${show(json)}`);
  const transports: Partial<Record<FeedTransport, FeedWork>> = {};
  for (const transport of feedTransports) {
    const work = json[transport];
    if (!isRecord(work)) return refused(`transports.${transport}`, `expected an object, got ${show(work)}`);
    const { requests, messages, missed, workMs, open } = work;
    const isWork = [requests, messages, missed, open].every(isCount) && isTime(workMs);
    if (!isWork) return refused(`transports.${transport}`, `expected counts and workMs, got ${show(work)}`);
    transports[transport] = { requests, messages, missed, workMs, open } as FeedWork;
  }
  return accepted(transports as Record<FeedTransport, FeedWork>);
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0;
