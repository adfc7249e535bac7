import type { FieldLine, RequestHead, ResponseHead } from './http-head.ts';
import { parseHead, type CutShort, type HeadOf } from './parse-head.ts';
import { rules } from './rules.ts';
import type { Violation } from './violation.ts';
import { trimBlanks } from './white-space.ts';

const HTAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const noBytes = new Uint8Array(0);

export interface HttpHeadReaderOptions {
  /** The longest head that is read, in bytes; a longer one is taken as it stands at that length. Default 65,536. */
  maxBytes?: number;
}

/**
 * Reads the head of a request or a response from a stream of bytes, in whatever chunks they come (RFC 9112 §2.1).
 * Never throws: what breaks a rule is read as it was most likely meant, with a violation.
 */
export class HttpHeadReader<Kind extends 'request' | 'response'> {
  readonly #kind: Kind;
  readonly #maxBytes: number;
  /** What has come; its room grows by doubling, so that byte after byte costs no more than one chunk. */
  #buffer = new Uint8Array(1024);
  #length = 0;
  /** Where the search for the empty line goes on: the line under way begins at `#lineStart`. */
  #scanned = 0;
  #lineStart = 0;
  #hasStartLine = false;
  #head: HeadOf<Kind> | undefined;
  #rest: Uint8Array = noBytes;

  constructor(kind: Kind, { maxBytes = 65_536 }: HttpHeadReaderOptions = {}) {
    this.#kind = kind;
    this.#maxBytes = maxBytes;
  }

  /** The head, once it is whole. */
  get head(): HeadOf<Kind> | undefined {
    return this.#head;
  }

  /** What came after the head in the chunk that ended it. */
  get rest(): Uint8Array {
    return this.#rest;
  }

  /** What has come of the head while it is not whole. */
  get pending(): Uint8Array {
    return this.#head ? noBytes : this.#buffer.slice(0, this.#length);
  }

  /** Why what has come so far cannot become a head, where that shows before its end: TLS, say, or a frame. */
  get notHttp(): Violation | undefined {
    if (this.#head) return undefined;
    const lineEnd = this.#buffer.subarray(0, this.#length).indexOf(LF);
    return judgeBeginning(this.#kind, this.#buffer.subarray(0, lineEnd === -1 ? this.#length : lineEnd));
  }

  /** Takes the next bytes; answers the head as soon as its empty line is there. Bytes after it are in `rest`. */
  push(bytes: Uint8Array): HeadOf<Kind> | undefined {
    if (this.#head) return this.#head;
    const before = this.#length;
    const taken = bytes.subarray(0, this.#maxBytes - before);
    this.#append(taken);
    const end = this.#findEnd();
    if (end === undefined && this.#length < this.#maxBytes) return undefined;
    const length = end ?? this.#maxBytes;
    this.#rest = bytes.subarray(length - before);
    return this.#finish(length, end === undefined ? 'too long' : undefined);
  }

  /** The stream has ended: answers what came as a head with a violation, or `undefined` where nothing came. */
  end(): HeadOf<Kind> | undefined {
    if (this.#head || this.#length === 0) return this.#head;
    return this.#finish(this.#length, 'ended');
  }

  #finish(length: number, cutShort: CutShort | undefined): HeadOf<Kind> {
    this.#head = parseHead(this.#kind, this.#buffer.slice(0, length), cutShort);
    this.#buffer = noBytes;
    return this.#head;
  }

  #append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }

  /** Where the first empty line below the start line ends. A bare LF ends a line too (RFC 9112 §2.2). */
  #findEnd(): number | undefined {
    const come = this.#buffer.subarray(0, this.#length);
    for (let lf = come.indexOf(LF, this.#scanned); lf !== -1; lf = come.indexOf(LF, lf + 1)) {
      const contentEnd = lf > this.#lineStart && come[lf - 1] === CR ? lf - 1 : lf;
      const isEmpty = contentEnd === this.#lineStart;
      if (isEmpty && this.#hasStartLine) return lf + 1;
      if (!isEmpty) this.#hasStartLine = true;
      this.#lineStart = lf + 1;
    }
    this.#scanned = this.#length;
    return undefined;
  }
}

function judgeBeginning(kind: 'request' | 'response', line: Uint8Array): Violation | undefined {
  const strange = line.findIndex((byte) => byte < 0x20 && byte !== CR && byte !== HTAB);
  if (strange === -1) return undefined;
  // RFC 8446 §5.1: a TLS record begins with its type, handshake (22), and the version 3.x.
  const isTls = line[0] === 0x16 && (line.length === 1 || line[1] === 0x03);
  const byte = `0x${(line[strange] ?? 0).toString(16).padStart(2, '0')}`;
  return {
    rule: kind === 'request' ? rules.requestLineSyntax : rules.statusLineSyntax,
    at: { start: strange, end: strange + 1 },
    found: isTls ? 'TLS, as for https: and wss: addresses' : `the byte ${byte}, which is not text`,
  };
}

/** The fields of a name, in order (names are case-insensitive, RFC 9110 §5.1). */
export function fieldLines(head: RequestHead | ResponseHead, name: string): FieldLine[] {
  const wanted = name.toLowerCase();
  return head.fields.filter((field) => field.name.toLowerCase() === wanted);
}

/** The values of all fields of a name, in order. */
export const fieldValues = (head: RequestHead | ResponseHead, name: string): string[] =>
  fieldLines(head, name).map(({ value }) => value);

/** The members of a comma list, over all fields of a name; empty members do not count (RFC 9110 §5.6.1.2). */
export const fieldTokens = (head: RequestHead | ResponseHead, name: string): string[] =>
  fieldValues(head, name)
    .flatMap((value) => value.split(','))
    .map(trimBlanks)
    .filter((member) => member !== '');
