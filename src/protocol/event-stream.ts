import type { ByteRange } from './byte-range.ts';
import { decodeUtf8 } from './utf8.ts';

/** A line of an event stream (HTML, “Parsing an event stream”). */
export interface EventStreamLine {
  /** A `comment` begins with a colon; an empty line is the `end` of a block. */
  kind: 'field' | 'comment' | 'end';
  /** Of a field; empty elsewhere. */
  name: string;
  /** What follows the colon, without one leading space. */
  value: string;
  /** The line with its end, counted in the bytes of the stream. */
  range: ByteRange;
}

/** An event that a browser gives to the page's script. */
export interface StreamEvent {
  /** `message`, if the block does not name another. */
  type: string;
  data: string;
  /** The last id that the stream has set: what `Last-Event-ID` will name. */
  lastEventId: string;
  /** From the first line of its block to its empty line. */
  range: ByteRange;
}

const LF = 0x0a;
const CR = 0x0d;
const byteOrderMark = '\uFEFF';

/**
 * Reads a `text/event-stream` as it comes, in whatever pieces, as browsers do (HTML, “Interpreting an event stream”).
 * Never throws: a field that means nothing is a line without an effect. `lines` and `events` only ever grow.
 */
export class EventStreamReader {
  readonly lines: EventStreamLine[] = [];
  readonly events: StreamEvent[] = [];
  /** The last id, as a reconnect would name it; an id counts once its block has ended. */
  lastEventId = '';
  /** The time to wait before a reconnect, in ms, if the stream has named one. */
  retryMs: number | undefined;
  #byteCount = 0;
  /** The bytes of a line that has not ended. */
  #begun: number[] = [];
  #lineStart = 0;
  #afterCr = false;
  #blockStart: number | undefined;
  #data: string | undefined;
  #type = '';
  #id: string;

  /** A browser that reconnects goes on with the id that it had. */
  constructor(lastEventId = '') {
    this.lastEventId = lastEventId;
    this.#id = lastEventId;
  }

  /** How many bytes have come of a line that has not ended. */
  get pendingBytes(): number {
    return this.#begun.length;
  }

  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      this.#byteCount++;
      if (byte === LF && this.#afterCr) {
        this.#afterCr = false;
        this.#joinLf();
        continue;
      }
      this.#afterCr = byte === CR;
      if (byte === LF || byte === CR) this.#endLine();
      else this.#begun.push(byte);
    }
  }

  /** The LF of a CR LF whose CR has ended the line already. */
  #joinLf(): void {
    const last = this.lines.at(-1);
    if (last) {
      last.range = { start: last.range.start, end: this.#byteCount };
      const event = this.events.at(-1);
      if (last.kind === 'end' && event?.range.end === this.#byteCount - 1) {
        event.range = { start: event.range.start, end: this.#byteCount };
      }
    }
    this.#lineStart = this.#byteCount;
  }

  #endLine(): void {
    const text = decodeUtf8(Uint8Array.from(this.#begun.splice(0)));
    const isFirst = this.#lineStart === 0;
    const range = { start: this.#lineStart, end: this.#byteCount };
    this.#lineStart = this.#byteCount;
    const line = lineOf(isFirst && text.startsWith(byteOrderMark) ? text.slice(1) : text, range);
    this.lines.push(line);
    this.#blockStart ??= range.start;
    if (line.kind === 'field') this.#takeField(line.name, line.value);
    else if (line.kind === 'end') this.#dispatch(range.end);
  }

  #takeField(name: string, value: string): void {
    if (name === 'event') this.#type = value;
    if (name === 'data') this.#data = this.#data === undefined ? value : `${this.#data}\n${value}`;
    if (name === 'id' && !value.includes('\0')) this.#id = value;
    if (name === 'retry' && /^[0-9]+$/.test(value)) this.retryMs = Number(value);
  }

  #dispatch(end: number): void {
    this.lastEventId = this.#id;
    // A block without a line of data is no event; its id counts all the same.
    if (this.#data !== undefined) {
      this.events.push({
        type: this.#type === '' ? 'message' : this.#type,
        data: this.#data,
        lastEventId: this.lastEventId,
        range: { start: this.#blockStart ?? end, end },
      });
    }
    this.#data = undefined;
    this.#type = '';
    this.#blockStart = undefined;
  }
}

function lineOf(text: string, range: ByteRange): EventStreamLine {
  if (text === '') return { kind: 'end', name: '', value: '', range };
  const colon = text.indexOf(':');
  const value = colon === -1 ? '' : text.slice(colon + 1).replace(/^ /, '');
  if (colon === 0) return { kind: 'comment', name: '', value, range };
  return { kind: 'field', name: colon === -1 ? text : text.slice(0, colon), value, range };
}
