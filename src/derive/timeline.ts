import type { Side } from '../contract/wire-event.ts';
import { describeFrame } from '../protocol/describe-frame.ts';
import { timesOf, type Connection, type TimedFrame } from './connection.ts';

/** Something that happened on a connection. Times are milliseconds since TCP was accepted. */
export interface Moment {
  id: string;
  kind: 'accepted' | 'request' | 'response' | 'open' | 'frame' | 'end';
  /** Who caused it; `link` where a condition did. */
  from: Side | 'link';
  /** Entered the link, with its last byte. */
  at: number;
  /** Left the link, if it has. */
  due: number | undefined;
  /** A few words: `GET /labs/…/echo`, `101 Switching Protocols`, `TEXT 'hi' [2 bytes]`. */
  label: string;
  /** Bytes that crossed the wire for it. */
  byteCount: number;
  /** The frame that crossed, where it was one. */
  frame?: TimedFrame;
}

/** The life of a connection up to its first `maxFrames` frames and its end, in the order of time. */
export function timeline(connection: Connection, maxFrames = 20): Moment[] {
  const { openedAt, request, response, client, server } = connection;
  const moments: Moment[] = [
    { id: 'accepted', kind: 'accepted', from: 'client', at: 0, due: 0, label: 'TCP accepted', byteCount: 0 },
  ];
  const add = (
    moment: Omit<Moment, 'at' | 'due'>,
    times: { at: number; due: number | undefined } | undefined,
  ): void => {
    if (!times) return;
    const due = times.due === undefined ? undefined : times.due - openedAt;
    moments.push({ ...moment, at: times.at - openedAt, due });
  };
  if (request) {
    const byteCount = request.bytes.length;
    const label = `${request.method} ${request.target}`;
    add(
      { id: 'request', kind: 'request', from: 'client', label, byteCount },
      timesOf(client, { start: 0, end: byteCount }),
    );
  }
  if (response) {
    const byteCount = response.bytes.length;
    const label = `${String(response.statusCode)} ${response.reasonPhrase}`;
    const times = timesOf(server, { start: 0, end: byteCount });
    const from = server.chunks[0]?.byLink === true ? 'link' : 'server';
    add({ id: 'response', kind: 'response', from, label, byteCount }, times);
    if (connection.handshake === 'open' && times?.due !== undefined) {
      add(
        { id: 'open', kind: 'open', from: 'server', label: 'open', byteCount: 0 },
        { at: times.due, due: times.due },
      );
    }
  }
  for (const timed of connection.frames.slice(0, maxFrames)) {
    const { index, from, range, at, due } = timed;
    const label = describeFrame(timed.frame);
    const byteCount = range.end - range.start;
    add({ id: `frame-${String(index)}`, kind: 'frame', from, label, byteCount, frame: timed }, { at, due });
  }
  const { end } = connection;
  if (end) {
    const label = `TCP ended with ${end.how.toUpperCase()} by the ${end.by}`;
    add({ id: 'end', kind: 'end', from: end.by, label, byteCount: 0 }, { at: end.at, due: end.at });
  }
  return moments.sort((one, other) => one.at - other.at);
}
