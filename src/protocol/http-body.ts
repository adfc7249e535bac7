import type { ByteRange } from './byte-range.ts';
import type { RequestHead, ResponseHead } from './http-head.ts';
import { fieldTokens, fieldValues } from './read-head.ts';

const CR = 0x0d;
const LF = 0x0a;
const SEMICOLON = 0x3b;

/** How the end of a body is known (RFC 9112 §6.3); `unknown` where the head contradicts itself. */
export type BodyFraming =
  | { kind: 'none' }
  | { kind: 'length'; length: number }
  | { kind: 'chunked' }
  | { kind: 'until close' }
  | { kind: 'unknown' };

/** How the body of a request is framed: without Content-Length and Transfer-Encoding it has none. */
export function requestFraming(head: RequestHead): BodyFraming {
  const codings = fieldTokens(head, 'Transfer-Encoding');
  if (codings.length > 0) return isChunked(codings) ? { kind: 'chunked' } : { kind: 'unknown' };
  return lengthFraming(head) ?? { kind: 'none' };
}

/** How the body of a final response is framed; `method` is that of its request, where that is known. */
export function responseFraming(head: ResponseHead, method: string | undefined): BodyFraming {
  const { statusCode } = head;
  // RFC 9112 §6.3, 1: whatever its fields say, such a response ends with its head.
  if (method === 'HEAD' || statusCode < 200 || statusCode === 204 || statusCode === 304)
    return { kind: 'none' };
  const codings = fieldTokens(head, 'Transfer-Encoding');
  if (codings.length > 0) return { kind: isChunked(codings) ? 'chunked' : 'until close' };
  return lengthFraming(head) ?? { kind: 'until close' };
}

const isChunked = (codings: readonly string[]): boolean => codings.at(-1)?.toLowerCase() === 'chunked';

/** RFC 9112 §6.3, 5: a list of equal lengths is one length, anything else is an error. */
function lengthFraming(head: RequestHead | ResponseHead): BodyFraming | undefined {
  if (fieldValues(head, 'Content-Length').length === 0) return undefined;
  const values = [...new Set(fieldTokens(head, 'Content-Length'))];
  const [text = ''] = values;
  const length = /^[0-9]{1,15}$/.test(text) ? Number(text) : undefined;
  return values.length === 1 && length !== undefined ? { kind: 'length', length } : { kind: 'unknown' };
}

/** What is known of a body so far. */
export interface HttpBody {
  framing: BodyFraming;
  /** Bytes of content: what the sender wanted to say. */
  contentBytes: number;
  /** Bytes that only mark where the content ends: chunk sizes, line ends, trailers (RFC 9112 §7.1). */
  framingBytes: number;
  /** Where the content stands in all that its side has sent. */
  segments: readonly ByteRange[];
  /** Its last byte has come. */
  isWhole: boolean;
  /** Its framing is broken: nothing that follows on this side can be read from here. */
  isBroken: boolean;
}

type ChunkState = 'size' | 'extension' | 'data' | 'data end' | 'trailer line begins' | 'trailer line';

/** Reads a body as it comes, in whatever pieces; keeps where it stands and not the bytes. Never throws. */
export class BodyReader implements HttpBody {
  readonly framing: BodyFraming;
  readonly segments: { start: number; end: number }[] = [];
  contentBytes = 0;
  framingBytes = 0;
  isWhole: boolean;
  isBroken: boolean;
  #offset: number;
  #chunkState: ChunkState = 'size';
  /** The digits of the chunk size so far. */
  #digits = '';
  /** Bytes of content that are still to come: of this chunk, or of the whole body. */
  #left: number;

  /** `start` is where the body begins in all that its side has sent. */
  constructor(framing: BodyFraming, start: number) {
    this.framing = framing;
    this.#offset = start;
    this.#left = framing.kind === 'length' ? framing.length : 0;
    this.isWhole = framing.kind === 'none' || (framing.kind === 'length' && framing.length === 0);
    this.isBroken = framing.kind === 'unknown';
  }

  /** Takes the next bytes; answers how many of them belong to this body. */
  push(bytes: Uint8Array): number {
    if (this.isWhole || this.isBroken) return 0;
    if (this.framing.kind === 'chunked') return this.#pushChunked(bytes);
    const taken = this.framing.kind === 'length' ? Math.min(this.#left, bytes.length) : bytes.length;
    this.#take(taken);
    if (this.framing.kind === 'length' && this.#left === 0) this.isWhole = true;
    return taken;
  }

  /** Its side has ended the connection in good order: a body that goes on until then is whole (RFC 9112 §8). */
  end(): void {
    if (this.framing.kind === 'until close') this.isWhole = true;
  }

  #pushChunked(bytes: Uint8Array): number {
    let at = 0;
    while (at < bytes.length && !this.isWhole && !this.isBroken) {
      if (this.#chunkState === 'data') {
        const taken = Math.min(this.#left, bytes.length - at);
        this.#take(taken);
        at += taken;
        if (this.#left === 0) this.#chunkState = 'data end';
      } else {
        this.#frame(bytes[at] ?? 0);
        at++;
      }
    }
    return at;
  }

  /** One byte of a chunked body that is no content. */
  #frame(byte: number): void {
    this.framingBytes++;
    this.#offset++;
    switch (this.#chunkState) {
      case 'size':
        if (byte === LF) this.#endSizeLine();
        else if (byte === SEMICOLON) this.#chunkState = 'extension';
        else if (byte !== CR) this.#addDigit(byte);
        break;
      case 'extension':
        if (byte === LF) this.#endSizeLine();
        break;
      case 'data end':
        if (byte === LF) this.#chunkState = 'size';
        else if (byte !== CR) this.isBroken = true;
        break;
      case 'trailer line begins':
        if (byte === LF) this.isWhole = true;
        else if (byte !== CR) this.#chunkState = 'trailer line';
        break;
      case 'trailer line':
        if (byte === LF) this.#chunkState = 'trailer line begins';
        break;
      case 'data':
        break;
    }
  }

  #addDigit(byte: number): void {
    const digit = String.fromCharCode(byte);
    // 12 hex digits are more than any body has, and still exact in a number.
    if (!/[0-9a-fA-F]/.test(digit) || this.#digits.length === 12) this.isBroken = true;
    else this.#digits += digit;
  }

  #endSizeLine(): void {
    if (this.#digits === '') {
      this.isBroken = true;
      return;
    }
    this.#left = Number.parseInt(this.#digits, 16);
    this.#digits = '';
    this.#chunkState = this.#left === 0 ? 'trailer line begins' : 'data';
  }

  #take(count: number): void {
    if (count === 0) return;
    const last = this.segments.at(-1);
    if (last?.end === this.#offset) last.end += count;
    else this.segments.push({ start: this.#offset, end: this.#offset + count });
    this.#offset += count;
    this.contentBytes += count;
    if (this.framing.kind !== 'until close') this.#left -= count;
  }
}
