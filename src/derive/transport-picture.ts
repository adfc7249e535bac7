import { parsePollAnswer } from '../contract/feed.ts';
import type { Side } from '../contract/wire-event.ts';
import { describeFrame } from '../protocol/describe-frame.ts';
import { isControl } from '../protocol/opcode.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import { timesOf, type Connection, type TimedFrame } from './connection.ts';
import type { HttpExchange, HttpMessage } from './http-exchanges.ts';
import { knownExchangesOf } from './known-exchanges.ts';
import { streamBytes } from './stream-bytes.ts';

/** One thing that happened on the way, to be drawn in a row of its own. Times are lab time, ms. */
export type PictureStep =
  | { kind: 'opened' | 'reused'; at: number; conn: number }
  | { kind: 'ended'; at: number; conn: number; by: Side | 'link'; how: 'fin' | 'rst' }
  | {
      kind: 'request' | 'response' | 'message' | 'control';
      /** Its first byte entered the link. */
      at: number;
      conn: number;
      from: Side;
      says: string;
      /** All that is not payload: heads, chunk sizes, frame headers, control frames. */
      headBytes: number;
      payloadBytes: number;
    };

/** Bytes of one side. */
interface SideBytes {
  headBytes: number;
  payloadBytes: number;
}

/** What a picture adds up to, counted from the same steps. */
export interface PictureTotals extends Record<Side, SideBytes> {
  /** TCP connections that carried it. */
  connections: number;
  /** Requests, an opening handshake among them. */
  requests: number;
  /** Messages of the feed in answers, or text and binary messages on a WebSocket, both ways together. */
  messages: number;
}

/** A way to hear news, as it went over the wire. */
export interface TransportPicture {
  /** In the order of time. */
  steps: readonly PictureStep[];
  totals: PictureTotals;
}

/** Which request-targets belong to a picture. */
export type IsOurs = (target: string) => boolean;

/** Draws the requests and responses that are ours, on whatever connections they went. */
export function pictureOfRequests(connections: readonly Connection[], isOurs: IsOurs): TransportPicture {
  let messages = 0;
  const steps = connections.flatMap((connection): PictureStep[] => {
    const all = knownExchangesOf(connection);
    const own = all.filter(({ request }) => request !== undefined && isOurs(request.head.target));
    if (own.length === 0) return [];
    messages += own.reduce((sum, exchange) => sum + (newsIn(connection, exchange) ?? 0), 0);
    const ours = own.flatMap((exchange) => stepsOf(connection, exchange));
    return [
      beginningOf(connection, own[0] === all[0], ours[0]),
      ...ours,
      ...(own.at(-1) === all.at(-1) ? endOf(connection) : []),
    ];
  });
  return pictureOf(steps, messages);
}

/** Draws the WebSocket connections that are ours. */
export function pictureOfSockets(connections: readonly Connection[], isOurs: IsOurs): TransportPicture {
  let messages = 0;
  const steps = connections.flatMap((connection): PictureStep[] => {
    const handshake = knownExchangesOf(connection).find(
      ({ request }) => request !== undefined && isOurs(request.head.target),
    );
    if (!handshake) return [];
    const frames = connection.frames.map((timed) => frameStep(connection.conn, timed));
    messages += connection.frames.filter(({ frame }) => !isControl(frame.opcode) && frame.fin).length;
    return [
      beginningOf(connection, true, undefined),
      ...stepsOf(connection, handshake),
      ...frames,
      ...endOf(connection),
    ];
  });
  return pictureOf(steps, messages);
}

function pictureOf(unsorted: readonly PictureStep[], messages: number): TransportPicture {
  const steps = unsorted.toSorted((one, other) => one.at - other.at);
  const totals: PictureTotals = {
    connections: new Set(steps.map(({ conn }) => conn)).size,
    requests: steps.filter(({ kind }) => kind === 'request').length,
    messages,
    client: { headBytes: 0, payloadBytes: 0 },
    server: { headBytes: 0, payloadBytes: 0 },
  };
  for (const step of steps) {
    if (!('from' in step)) continue;
    totals[step.from].headBytes += step.headBytes;
    totals[step.from].payloadBytes += step.payloadBytes;
  }
  return { steps, totals };
}

/** A connection opens for what is ours, or was open already and is used for it from its first step on. */
const beginningOf = (
  { conn, openedAt }: Connection,
  isNew: boolean,
  first: PictureStep | undefined,
): PictureStep =>
  isNew ? { kind: 'opened', at: openedAt, conn } : { kind: 'reused', at: first?.at ?? openedAt, conn };

const endOf = ({ conn, end }: Connection): PictureStep[] =>
  end ? [{ kind: 'ended', at: end.at, conn, by: end.by, how: end.how }] : [];

function stepsOf(connection: Connection, exchange: HttpExchange): PictureStep[] {
  const { conn } = connection;
  const steps: PictureStep[] = [];
  if (exchange.request) {
    const { method, target } = exchange.request.head;
    const at = timesOf(connection.client, exchange.request.headRange)?.beganAt ?? connection.openedAt;
    const says = `${method} ${shortened(target)}`;
    steps.push({ kind: 'request', at, conn, from: 'client', says, ...bytesOf(exchange.request) });
  }
  if (exchange.response) {
    const { statusCode, reasonPhrase } = exchange.response.head;
    const at = timesOf(connection.server, exchange.response.headRange)?.beganAt ?? connection.openedAt;
    const news = newsIn(connection, exchange);
    const says = `${String(statusCode)} ${reasonPhrase}${news === undefined ? '' : `, news: ${String(news)}`}`;
    steps.push({ kind: 'response', at, conn, from: 'server', says, ...bytesOf(exchange.response) });
  }
  return steps;
}

/** A request-target without what is the same in all of them. */
const shortened = (target: string): string => target.replace(/^\/labs\/[^/]+/, '/labs/…').split('?')[0] ?? '';

const bytesOf = ({ headRange, body }: Pick<HttpMessage<never>, 'headRange' | 'body'>): SideBytes => ({
  headBytes: headRange.end - headRange.start + body.framingBytes,
  payloadBytes: body.contentBytes,
});

/** How many messages of the feed an answer brought; `undefined` where it is no answer to a poll. */
function newsIn(connection: Connection, { response }: HttpExchange): number | undefined {
  if (response?.head.statusCode === 304) return 0;
  if (response?.head.statusCode !== 200 || !response.body.isWhole) return undefined;
  const text = response.body.segments
    .map((segment) => decodeUtf8(streamBytes(connection.server, segment)))
    .join('');
  try {
    const answer = parsePollAnswer(JSON.parse(text));
    return answer.ok ? answer.value.messages.length : undefined;
  } catch {
    return undefined;
  }
}

function frameStep(conn: number, { from, frame, range, beganAt }: TimedFrame): PictureStep {
  const length = range.end - range.start;
  const isOverhead = isControl(frame.opcode);
  const payloadBytes = isOverhead ? 0 : Math.min(length, frame.payloadLength);
  return {
    kind: isOverhead ? 'control' : 'message',
    at: beganAt,
    conn,
    from,
    says: describeFrame(frame),
    headBytes: length - payloadBytes,
    payloadBytes,
  };
}
