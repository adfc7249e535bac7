import { EventStreamReader, type EventStreamLine, type StreamEvent } from '../protocol/event-stream.ts';
import { fieldValues } from '../protocol/read-head.ts';
import { timesOf, type Connection } from './connection.ts';
import type { HttpExchange } from './http-exchanges.ts';
import { knownExchangesOf } from './known-exchanges.ts';
import { streamBytes } from './stream-bytes.ts';

/** One response of type `text/event-stream` and the request for it, read from the wire log. Times are lab time, ms. */
export interface EventStream {
  conn: number;
  exchange: HttpExchange;
  target: string;
  /** The request's first byte entered the link. */
  askedAt: number;
  /** What the request names as the last event that its client had; `undefined` where it names none. */
  lastEventId: string | undefined;
  /** The response's head entered the link; `undefined` while there is none. */
  answeredAt: number | undefined;
  /** Every line, with its place in the content: chunk sizes and the like are not counted. Only ever grows. */
  lines: readonly EventStreamLine[];
  /** Only ever grows. */
  events: readonly StreamEvent[];
  /** The id that a reconnect would name. */
  nextLastEventId: string;
  retryMs: number | undefined;
  /** When its connection ended, if it has. */
  endedAt: number | undefined;
}

/**
 * The event streams of a connection, in the order of their requests. A request counts before it is answered if it
 * accepts nothing else, as an `EventSource` does. What was read of a connection before is not read anew.
 */
export const eventStreamsOf = (connection: Connection): readonly EventStream[] =>
  knownExchangesOf(connection).flatMap((exchange) => {
    const stream = isEventStream(exchange) ? streamOf(connection, exchange) : undefined;
    return stream ? [stream] : [];
  });

const typeOfEvents = 'text/event-stream';

function isEventStream({ request, response }: HttpExchange): boolean {
  if (response) return fieldValues(response.head, 'Content-Type').some((type) => isType(type));
  return request !== undefined && fieldValues(request.head, 'Accept').some((type) => isType(type));
}

const isType = (value: string): boolean => value.split(';')[0]?.trim().toLowerCase() === typeOfEvents;

function streamOf(connection: Connection, exchange: HttpExchange): EventStream | undefined {
  const { request, response } = exchange;
  if (!request) return undefined;
  const [lastEventId] = fieldValues(request.head, 'Last-Event-ID');
  const {
    lines,
    events,
    retryMs,
    lastEventId: nextLastEventId,
  } = contentOf(connection, exchange, lastEventId);
  return {
    conn: connection.conn,
    exchange,
    target: request.head.target,
    askedAt: timesOf(connection.client, request.headRange)?.beganAt ?? connection.openedAt,
    lastEventId,
    answeredAt: response && timesOf(connection.server, response.headRange)?.beganAt,
    lines,
    events,
    nextLastEventId,
    retryMs,
    endedAt: connection.end?.at,
  };
}

/** How far the content of an exchange was read. */
interface Reading {
  reader: EventStreamReader;
  /** The next segment of the body, and how much of it was read. */
  segment: number;
  offset: number;
}
const readings = new WeakMap<HttpExchange, Reading>();

/** Reads on in the content of a response. */
function contentOf(
  { server }: Connection,
  exchange: HttpExchange,
  lastEventId: string | undefined,
): EventStreamReader {
  const known = readings.get(exchange);
  const reading = known ?? { reader: new EventStreamReader(lastEventId), segment: 0, offset: 0 };
  if (!known) readings.set(exchange, reading);
  const segments = exchange.response?.body.segments ?? [];
  for (; reading.segment < segments.length; reading.segment++, reading.offset = 0) {
    const { start, end } = segments[reading.segment] ?? { start: 0, end: 0 };
    reading.reader.push(streamBytes(server, { start: start + reading.offset, end }));
    reading.offset = end - start;
    // The last segment may grow.
    if (reading.segment === segments.length - 1) break;
  }
  return reading.reader;
}
