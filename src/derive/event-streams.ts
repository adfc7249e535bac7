import type { ByteRange } from '../protocol/byte-range.ts';
import { EventStreamReader, type EventStreamLine, type StreamEvent } from '../protocol/event-stream.ts';
import { fieldValues } from '../protocol/read-head.ts';
import { timesOf, type Connection } from './connection.ts';
import { exchangesOf, type HttpExchange } from './http-exchanges.ts';
import { streamBytes } from './stream-bytes.ts';

/** An event with the moment at which its last byte left the link; `undefined` while the link holds it. */
export interface TimedEvent extends StreamEvent {
  leftAt: number | undefined;
}

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
  /** Every line, with its place in the content: chunk sizes and the like are not counted. */
  lines: readonly EventStreamLine[];
  events: readonly TimedEvent[];
  /** The id that a reconnect would name. */
  nextLastEventId: string;
  retryMs: number | undefined;
  /** The content so far. */
  content: Uint8Array;
  /** When its connection ended, if it has. */
  endedAt: number | undefined;
}

/**
 * The event streams of a connection, in the order of their requests. A request counts before it is answered if it
 * accepts nothing else, as an `EventSource` does.
 */
export function eventStreamsOf(connection: Connection): readonly EventStream[] {
  const known = read.get(connection);
  if (known) return known;
  const streams = exchangesOf(connection).flatMap((exchange) => {
    const stream = isEventStream(exchange) ? streamOf(connection, exchange) : undefined;
    return stream ? [stream] : [];
  });
  read.set(connection, streams);
  return streams;
}

/** A connection is a new object whenever something was added to it: what was read of one stays true. */
const read = new WeakMap<Connection, readonly EventStream[]>();

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
  const segments = response?.body.segments ?? [];
  const content = joined(segments.map((segment) => streamBytes(connection.server, segment)));
  const reader = new EventStreamReader(lastEventId);
  reader.push(content);
  const lastByteOf = placesIn(segments);
  return {
    conn: connection.conn,
    exchange,
    target: request.head.target,
    askedAt: timesOf(connection.client, request.headRange)?.beganAt ?? connection.openedAt,
    lastEventId,
    answeredAt: response && timesOf(connection.server, response.headRange)?.beganAt,
    lines: reader.lines,
    events: reader.events.map((event) => {
      const last = lastByteOf(event.range.end - 1);
      return { ...event, leftAt: timesOf(connection.server, { start: last, end: last + 1 })?.due };
    }),
    nextLastEventId: reader.lastEventId,
    retryMs: reader.retryMs,
    content,
    endedAt: connection.end?.at,
  };
}

/** Where a byte of the content stands in all that the server has sent; asked for one after the other, rising. */
function placesIn(segments: readonly ByteRange[]): (offset: number) => number {
  let index = 0;
  let before = 0;
  return (offset) => {
    for (;;) {
      const segment = segments[index];
      if (!segment) return before;
      const length = segment.end - segment.start;
      if (offset < before + length) return segment.start + offset - before;
      before += length;
      index++;
    }
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
