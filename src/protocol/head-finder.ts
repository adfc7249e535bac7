import { parseHead, type HeadOf } from './parse-head.ts';

const LF = 0x0a;
const CR = 0x0d;

/** What a start line looks like to a reader that asks no more of it. */
const startLines = {
  request: /^[A-Z]{1,16} \S+ HTTP\/1\.[01]$/,
  response: /^HTTP\/1\.[01] [0-9]{3}(?: .*)?$/,
} as const;

/** A head that was found, and where it stood. */
export interface FoundHead<Kind extends 'request' | 'response'> {
  head: HeadOf<Kind>;
  /** Behind the empty line of the head, counted from the beginning of the bytes that were searched last. */
  end: number;
}

/**
 * Finds the heads of requests or responses in a stream of bytes that may hold anything else, line by line: what is not a
 * start line is skipped. This is how a proxy reads that has never heard of WebSocket and goes on reading after a 101. No
 * reader should: it is what the masking of RFC 6455 §10.3 protects against.
 */
export class HeadFinder<Kind extends 'request' | 'response'> {
  readonly #kind: Kind;
  readonly #maxBytes: number;
  /** The line under way, as far as it is kept. */
  #line: number[] = [];
  /** The bytes of the head under way, from its start line on. */
  #head: number[] | undefined;

  /** A head, or a line, longer than `maxBytes` is taken for none. */
  constructor(kind: Kind, maxBytes = 16_384) {
    this.#kind = kind;
    this.#maxBytes = maxBytes;
  }

  /** Searches the next bytes of the stream, from `from` on; answers the first head that ends in them. */
  find(bytes: Uint8Array, from = 0): FoundHead<Kind> | undefined {
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (this.#line.length < this.#maxBytes) this.#line.push(byte);
      if (byte !== LF) continue;
      const head = this.#endLine();
      if (head) return { head: parseHead(this.#kind, Uint8Array.from(head)), end: at + 1 };
    }
    return undefined;
  }

  /** A line is whole. Answers the head that ends with it, if one does. */
  #endLine(): number[] | undefined {
    const line = this.#line;
    this.#line = [];
    if (!this.#head) {
      if (startLines[this.#kind].test(textOf(line))) this.#head = line;
      return undefined;
    }
    const head = this.#head;
    if (head.length + line.length > this.#maxBytes) {
      this.#head = undefined;
      return undefined;
    }
    for (const byte of line) head.push(byte);
    if (textOf(line) !== '') return undefined;
    this.#head = undefined;
    return head;
  }
}

/** A line without its end. */
function textOf(line: readonly number[]): string {
  const end = line.at(-1) === LF ? (line.at(-2) === CR ? -2 : -1) : line.length;
  return String.fromCharCode(...line.slice(0, end).slice(0, 8192));
}
