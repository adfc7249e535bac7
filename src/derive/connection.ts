import type { Side } from '../contract/wire-event.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import type { Frame, PendingFrame } from '../protocol/frame.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';

/** Bytes that crossed the link in one piece, as the wire log has them. Times are milliseconds since the lab began. */
export interface Chunk {
  /** The wire event that recorded it. */
  seq: number;
  from: Side;
  /** Entered the link. */
  at: number;
  /** Left the link; `undefined` while the link holds it, or where it was lost. */
  due: number | undefined;
  bytes: Uint8Array;
  /** The link has swallowed it, or the last of it: it will never leave. */
  isLost: boolean;
  /** As they left, where the link changed them on the way. */
  became: Uint8Array | undefined;
  /** The link made them itself. */
  byLink: boolean;
  /** Where its first byte stands in all that this side has sent. */
  offset: number;
}

/** A frame and when it crossed the link: from its first byte entering to its last byte leaving. */
export interface TimedFrame {
  /** 1, 2, 3 … within its connection, both sides counted together. */
  index: number;
  from: Side;
  frame: Frame;
  /** Where the frame stands in all that this side has sent. */
  range: ByteRange;
  /** Its first byte entered the link. */
  beganAt: number;
  /** Its last byte entered the link. */
  at: number;
  /** Its last byte left the link, if it has. */
  due: number | undefined;
  /** Its last byte never will. */
  isLost: boolean;
}

/** How a connection ended, by the wire. */
export interface End {
  at: number;
  by: Side | 'link';
  how: 'fin' | 'rst';
}

/** Bytes that the link swallowed. */
export interface Loss {
  at: number;
  from: Side;
  byteCount: number;
}

/** Everything that one side has sent on a connection. */
export interface Stream {
  from: Side;
  byteCount: number;
  /** Bytes that the link swallowed. */
  lostByteCount: number;
  chunks: readonly Chunk[];
}

/** What became of the opening handshake: still under way, done, answered with something else, or ended without an answer. */
export type HandshakeState = 'waiting' | 'open' | 'refused' | 'unanswered';

/**
 * One connection, read from the wire log. A new object whenever something was added to it; its lists only ever grow.
 */
export interface Connection {
  /** Its number in the wire log. */
  conn: number;
  /** The request-target that brought it to the lab; `null` where the raw bridge opened it. */
  path: string | null;
  /** TCP accepted. */
  openedAt: number;
  client: Stream;
  server: Stream;
  /** The request's head, once it is whole. */
  request: RequestHead | undefined;
  /** The response's head, once it is whole. */
  response: ResponseHead | undefined;
  /** What has come of the request's head while it is not whole; empty afterwards. */
  requestPending: Uint8Array;
  /** What came after the response's head where it did not switch protocols. */
  responseBody: Uint8Array;
  handshake: HandshakeState;
  frames: readonly TimedFrame[];
  /** The frame that a side has begun and not finished. */
  pending: Readonly<Record<Side, PendingFrame | undefined>>;
  losses: readonly Loss[];
  /** The first end: what follows it is the other side's answer to it. */
  end: End | undefined;
  /** All of them, in the order of time. */
  ends: readonly End[];
  /** The log no longer holds its beginning, so its bytes cannot be read from the start. */
  beheaded: boolean;
}

/** When a range of bytes crossed the link: first byte in, last byte in, last byte out, if it has not been lost. */
export interface PassageTimes {
  beganAt: number;
  at: number;
  due: number | undefined;
  isLost: boolean;
}

/** When a range of one side's bytes crossed the link. */
export function timesOf(stream: Stream, range: ByteRange): PassageTimes | undefined {
  const first = stream.chunks[chunkIndexAt(stream.chunks, range.start)];
  const last = stream.chunks[chunkIndexAt(stream.chunks, Math.max(range.start, range.end - 1))];
  return first && last && { beganAt: first.at, at: last.at, due: last.due, isLost: last.isLost };
}

/** The index of the chunk that holds a byte, by halving. */
export function chunkIndexAt(chunks: readonly Chunk[], offset: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.offset ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
