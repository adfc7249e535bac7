import type { FeedTransport } from '../../src/contract/feed.ts';
import { show } from '../../src/contract/result.ts';
import { readSince } from '../feed/read-since.ts';
import type { Feed, FeedListener } from '../feed/feed.ts';
import { refuse } from '../refusals.ts';
import { closesAfter, matches } from './http-options.ts';
import type { PlainRequest, Service } from './service.ts';

/** How long a long poll waits that does not say, and how long it may; seconds. */
const defaultWaitSeconds = 25;
const maxWaitSeconds = 60;

/** Short polling: what came after `since`, at once. */
export function createFeedPoll(): Service {
  return {
    door: 'anybody',
    answer(plain) {
      const { request, response, lab, query, elapsedMs } = plain;
      const { feed } = lab;
      feed.attend('poll');
      const closes = closesAfter(query);
      const since = readSince(query.get('since'), feed.lastId);
      const { body, next, missed } = write(feed, 'poll', since);
      const tag = `"${[feed.run, next, ...(missed > 0 ? [missed] : [])].join('-')}"`;
      response.setHeader('ETag', tag);
      if (matches(request.headers['if-none-match'], tag)) send(response, 304, undefined, closes);
      else send(response, 200, body, closes);
      feed.workOf('poll').workMs += elapsedMs();
    },
  };
}

/** Long polling: what came after `since`, or what comes within `wait` seconds. */
export function createFeedLongPoll(): Service {
  return {
    door: 'anybody',
    answer(plain) {
      const { response, lab, query, elapsedMs } = plain;
      const { feed } = lab;
      feed.attend('longPoll');
      const closes = closesAfter(query);
      const waitMs = readWait(query) * 1000;
      const since = readSince(query.get('since'), feed.lastId);
      const answer = (from: number): void => {
        send(response, 200, write(feed, 'longPoll', from).body, closes);
      };
      if (since < feed.lastId || waitMs === 0) answer(since);
      else wait(plain, waitMs, since, answer);
      feed.workOf('longPoll').workMs += elapsedMs();
    },
  };
}

/** Answers when there is something new, a new run, or no time left; not at all if the client goes before. */
function wait(
  { response, lab: { feed } }: PlainRequest,
  waitMs: number,
  since: number,
  answer: (from: number) => void,
): void {
  feed.demandRoom();
  const over = (from: number): void => {
    const startedAt = performance.now();
    leave();
    answer(from);
    feed.workOf('longPoll').workMs += performance.now() - startedAt;
  };
  const listener: FeedListener = {
    transport: 'longPoll',
    heard() {
      over(since);
    },
    begun() {
      over(0);
    },
    ended() {
      over(since);
    },
  };
  const timer = setTimeout(() => {
    over(since);
  }, waitMs);
  const takeOff = feed.join(listener);
  const leave = (): void => {
    clearTimeout(timer);
    takeOff();
  };
  response.once('close', leave);
}

function readWait(query: URLSearchParams): number {
  const given = query.get('wait');
  if (given === null) return defaultWaitSeconds;
  const seconds = /^[0-9]{1,3}(\.[0-9]{1,3})?$/.test(given) ? Number(given) : Number.NaN;
  if (seconds <= maxWaitSeconds) return seconds;
  throw refuse.fieldRefused(
    'wait',
    `expected seconds from 0 to ${String(maxWaitSeconds)}, got ${show(given)}`,
  );
}

/** Writes down the answer to a poll. */
function write(
  feed: Feed,
  transport: FeedTransport,
  since: number,
): { body: string; next: number; missed: number } {
  const messages = [...feed.after(since)];
  const missed = feed.missedAfter(since);
  const next = messages.at(-1)?.id ?? since + missed;
  const texts = messages.map(({ text }) => text).join(',');
  const body = `{"messages":[${texts}],"next":${String(next)}${missed > 0 ? `,"missed":${String(missed)}` : ''}}`;
  const work = feed.workOf(transport);
  work.messages += messages.length;
  work.missed += missed;
  return { body, next, missed };
}

function send(
  response: PlainRequest['response'],
  status: 200 | 304,
  body: string | undefined,
  closes: boolean,
): void {
  response.setHeader('Cache-Control', 'no-store');
  if (closes) response.setHeader('Connection', 'close');
  if (body !== undefined) {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Content-Length', Buffer.byteLength(body));
  }
  response.writeHead(status);
  response.end(body);
}
