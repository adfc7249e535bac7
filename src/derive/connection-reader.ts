import type { BytesEvent, EndEvent, LeftEvent, LostEvent, OpenEvent, Side } from '../contract/wire-event.ts';
import { FrameDecoder } from '../protocol/decode-frame.ts';
import { parseExtensions } from '../protocol/extension.ts';
import type { Frame } from '../protocol/frame.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';
import { fieldValues, HttpHeadReader } from '../protocol/read-head.ts';
import {
  chunkIndexAt,
  timesOf,
  type Chunk,
  type Connection,
  type End,
  type Loss,
  type PassageTimes,
  type Stream,
  type TimedFrame,
} from './connection.ts';
import { GrowingBytes } from './growing-bytes.ts';

const noBytes = new Uint8Array(0);

/** A stream as it grows. */
interface GrowingStream extends Stream {
  byteCount: number;
  lostByteCount: number;
  chunks: Chunk[];
}

/** Reads the wire events of one connection as they come, and shows at any time what they amount to. */
export class ConnectionReader {
  readonly #opened: { conn: number; path: string | null; openedAt: number };
  readonly #beheaded: boolean;
  readonly #streams: Record<Side, GrowingStream> = {
    client: emptyStream('client'),
    server: emptyStream('server'),
  };
  readonly #requestReader = new HttpHeadReader('request');
  readonly #responseReader = new HttpHeadReader('response');
  /** Made when the handshake is done: what it agreed on says what the reserved bits of frames mean. */
  #decoders: Record<Side, FrameDecoder> | undefined;
  /** Where each side's frames begin in its stream; set when the handshake is done. */
  readonly #framesBegin: Record<Side, number> = { client: 0, server: 0 };
  readonly #frames: TimedFrame[] = [];
  readonly #losses: Loss[] = [];
  readonly #heldChunks = new Map<number, Chunk>();
  /** Where to look for the first frame of a side that has not left the link. */
  readonly #firstUndue: Record<Side, number> = { client: 0, server: 0 };
  #request: RequestHead | undefined;
  #response: ResponseHead | undefined;
  readonly #responseBody = new GrowingBytes();
  readonly #ends: End[] = [];
  #shown: Connection | undefined;

  /** `open` is the event that began the connection, or the first that is known of it where that was dropped. */
  constructor(open: OpenEvent | { type: 'beheaded'; conn: number; at: number }) {
    this.#beheaded = open.type === 'beheaded';
    this.#opened = { conn: open.conn, path: open.type === 'open' ? open.path : null, openedAt: open.at };
  }

  /** What is known now; the same object until something is added. */
  get connection(): Connection {
    this.#shown ??= this.#show();
    return this.#shown;
  }

  readBytes(event: BytesEvent): void {
    const stream = this.#streams[event.from];
    const chunk: Chunk = {
      seq: event.seq,
      from: event.from,
      at: event.at,
      due: event.due,
      isLost: false,
      bytes: event.bytes,
      became: event.became,
      byLink: event.by === 'link',
      offset: stream.byteCount,
    };
    stream.chunks.push(chunk);
    stream.byteCount += chunk.bytes.length;
    if (chunk.due === undefined) this.#heldChunks.set(event.seq, chunk);
    if (!this.#beheaded) this.#understand(event.from, event.bytes);
    this.#shown = undefined;
  }

  /** Bytes of event `of` have left the link: all that were left of them, or so many. */
  readLeft({ of, at, byteCount }: LeftEvent): void {
    const chunk = this.#heldChunks.get(of);
    if (!chunk) return;
    const { chunks } = this.#streams[chunk.from];
    if (byteCount !== undefined && byteCount < chunk.bytes.length) {
      // What has left and what has not are two chunks from here on.
      const rest = { ...chunk, bytes: chunk.bytes.subarray(byteCount), offset: chunk.offset + byteCount };
      chunks.splice(chunkIndexAt(chunks, chunk.offset) + 1, 0, rest);
      chunk.bytes = chunk.bytes.subarray(0, byteCount);
      this.#heldChunks.set(of, rest);
    } else {
      this.#heldChunks.delete(of);
    }
    chunk.due = at;
    this.#timeFrames(chunk.from);
    this.#shown = undefined;
  }

  /** Frames of a side leave in order: those that have left, or were lost, since last time get their times. */
  #timeFrames(from: Side): void {
    let index = this.#firstUndue[from];
    for (; index < this.#frames.length; index++) {
      const timed = this.#frames[index];
      if (timed?.from !== from || timed.due !== undefined || timed.isLost) continue;
      const times = this.#timesOf(from, timed.range);
      if (times.due === undefined && !times.isLost) break;
      this.#frames[index] = { ...timed, ...times };
    }
    this.#firstUndue[from] = index;
  }

  readLost(event: LostEvent): void {
    const { at, from, byteCount } = event;
    this.#streams[from].lostByteCount += byteCount;
    this.#losses.push({ at, from, byteCount });
    this.#lose(from, byteCount);
    this.#shown = undefined;
  }

  /** What the link swallows it has held until then: which bytes those were is known so. */
  #lose(from: Side, byteCount: number): void {
    let rest = byteCount;
    for (const [seq, chunk] of this.#heldChunks) {
      if (rest <= 0) break;
      if (chunk.from !== from) continue;
      chunk.isLost = true;
      rest -= chunk.bytes.length;
      this.#heldChunks.delete(seq);
    }
    this.#timeFrames(from);
  }

  readEnd(event: EndEvent): void {
    this.#ends.push({ at: event.at, by: event.by, how: event.how });
    this.#shown = undefined;
  }

  #understand(from: Side, bytes: Uint8Array): void {
    if (this.#isOpen) {
      this.#decode(from, bytes);
    } else if (from === 'client') {
      this.#request ??= this.#requestReader.push(bytes);
    } else if (this.#response) {
      this.#responseBody.append(bytes);
    } else {
      this.#response = this.#responseReader.push(bytes);
      if (this.#response) this.#readAfterResponse();
    }
  }

  get #isOpen(): boolean {
    return this.#request !== undefined && this.#response?.statusCode === 101;
  }

  /** The response's head is whole: what stands behind it are frames after a 101, else a body. */
  #readAfterResponse(): void {
    const rest = this.#responseReader.rest;
    if (!this.#isOpen) {
      this.#responseBody.append(rest);
      return;
    }
    const { extensions } = parseExtensions(
      this.#response ? fieldValues(this.#response, 'Sec-WebSocket-Extensions') : [],
    );
    this.#decoders = {
      client: new FrameDecoder({ from: 'client', extensions }),
      server: new FrameDecoder({ from: 'server', extensions }),
    };
    this.#framesBegin.client = this.#request?.bytes.length ?? 0;
    this.#framesBegin.server = this.#response?.bytes.length ?? 0;
    const early = join(this.#streams.client.chunks.map((chunk) => chunk.bytes)).subarray(
      this.#framesBegin.client,
    );
    this.#decode('client', early);
    this.#decode('server', rest);
  }

  #decode(from: Side, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    for (const frame of this.#decoders?.[from].push(bytes) ?? []) {
      const range = this.#rangeInStream(from, frame);
      const times = this.#timesOf(from, range);
      this.#frames.push({ index: this.#frames.length + 1, from, frame, range, ...times });
    }
  }

  #rangeInStream(from: Side, frame: Frame): { start: number; end: number } {
    const begin = this.#framesBegin[from];
    return { start: begin + frame.range.start, end: begin + frame.range.end };
  }

  #timesOf(from: Side, range: { start: number; end: number }): PassageTimes {
    const { openedAt } = this.#opened;
    const unknown = { beganAt: openedAt, at: openedAt, due: undefined, isLost: false };
    return timesOf(this.#streams[from], range) ?? unknown;
  }

  #show(): Connection {
    return {
      ...this.#opened,
      beheaded: this.#beheaded,
      client: { ...this.#streams.client },
      server: { ...this.#streams.server },
      request: this.#request,
      response: this.#response,
      requestPending: this.#request ? noBytes : this.#requestReader.pending,
      responseBody: this.#responseBody.bytes,
      handshake: this.#handshake(),
      frames: this.#frames,
      pending: { client: this.#decoders?.client.pending, server: this.#decoders?.server.pending },
      losses: this.#losses,
      end: this.#ends[0],
      ends: this.#ends,
    };
  }

  #handshake(): Connection['handshake'] {
    if (this.#isOpen) return 'open';
    if (this.#response) return 'refused';
    return this.#ends.length > 0 ? 'unanswered' : 'waiting';
  }
}

const emptyStream = (from: Side): GrowingStream => ({ from, byteCount: 0, lostByteCount: 0, chunks: [] });

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
