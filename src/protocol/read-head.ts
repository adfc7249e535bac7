import type { ByteRange } from './byte-range.ts';
import type { FieldLine, RequestHead, ResponseHead } from './http-head.ts';
import { rules } from './rules.ts';
import type { Violation } from './violation.ts';

const CR = 0x0d;
const LF = 0x0a;

/** Each byte as the character of the same number: heads are ASCII, and nothing is lost where they are not. */
const text = (bytes: Uint8Array, { start, end }: ByteRange): string => {
  let characters = '';
  for (let index = start; index < end; index++) characters += String.fromCharCode(bytes[index] ?? 0);
  return characters;
};

type HeadOf<K> = K extends 'request' ? RequestHead : ResponseHead;

/** Reads the head of a request or a response from a stream of bytes, in whatever chunks they come. Never throws. */
export class HttpHeadReader<K extends 'request' | 'response'> {
  readonly #kind: K;
  readonly #maxBytes: number;
  #bytes = new Uint8Array(0);
  #searched = 0;
  #head: HeadOf<K> | undefined;

  /** A head longer than `maxBytes` is taken as it stands at that length, with a violation. */
  constructor(kind: K, { maxBytes = 65536 }: { maxBytes?: number } = {}) {
    this.#kind = kind;
    this.#maxBytes = maxBytes;
  }

  /** The head, once it is whole. */
  get head(): HeadOf<K> | undefined {
    return this.#head;
  }

  /** What came after the head in the chunk that ended it. */
  get rest(): Uint8Array {
    return this.#head ? this.#bytes.subarray(this.#head.bytes.length) : new Uint8Array(0);
  }

  /** What has come of the head so far. */
  get pending(): Uint8Array {
    return this.#head ? new Uint8Array(0) : this.#bytes;
  }

  /** Takes the next bytes; answers the head as soon as its empty line is there. */
  push(bytes: Uint8Array): HeadOf<K> | undefined {
    if (this.#head) return this.#head;
    const grown = new Uint8Array(this.#bytes.length + bytes.length);
    grown.set(this.#bytes);
    grown.set(bytes, this.#bytes.length);
    this.#bytes = grown;
    const end = this.#findEnd();
    if (end !== undefined) this.#head = readHead(this.#kind, grown.slice(0, end), end > this.#maxBytes);
    else if (grown.length > this.#maxBytes) this.#head = readHead(this.#kind, grown.slice(), true);
    return this.#head;
  }

  /** Where the empty line ends; a bare LF ends a line too, so that a head with the wrong line ends is still read. */
  #findEnd(): number | undefined {
    for (let index = this.#searched; index < this.#bytes.length; index++) {
      if (this.#bytes[index] !== LF) continue;
      const before = this.#bytes[index - 1] === CR ? index - 2 : index - 1;
      if (index > 1 && this.#bytes[before] === LF) return index + 1;
    }
    this.#searched = Math.max(0, this.#bytes.length - 3);
    return undefined;
  }
}

function readHead<K extends 'request' | 'response'>(kind: K, bytes: Uint8Array, tooLong: boolean): HeadOf<K> {
  const violations: Violation[] = [];
  const lines = splitLines(bytes);
  const startLine = lines[0] ?? { start: 0, end: bytes.length };
  for (const line of lines) {
    if (line.end - line.start > 0 && bytes[line.end - 1] === LF && bytes[line.end - 2] !== CR) {
      violations.push({ rule: rules.lineEnding, at: line, found: 'a bare LF' });
    }
  }
  if (tooLong) {
    violations.push({
      rule: rules.headSize,
      at: { start: 0, end: bytes.length },
      found: `${String(bytes.length)} bytes`,
    });
  }
  const fields: FieldLine[] = [];
  for (const line of lines.slice(1)) {
    const field = readFieldLine(bytes, line, violations);
    if (field) fields.push(field);
  }
  const shared = { bytes, fields, startLine, violations };
  const head =
    kind === 'request'
      ? readRequestLine(bytes, startLine, violations)
      : readStatusLine(bytes, startLine, violations);
  return { ...shared, ...head } as HeadOf<K>;
}

/** Lines with their line ends. */
function splitLines(bytes: Uint8Array): ByteRange[] {
  const lines: ByteRange[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; index++) {
    if (bytes[index] !== LF) continue;
    lines.push({ start, end: index + 1 });
    start = index + 1;
  }
  if (start < bytes.length) lines.push({ start, end: bytes.length });
  return lines;
}

/** A range without its line end. */
function trimLineEnd(bytes: Uint8Array, { start, end }: ByteRange): ByteRange {
  let trimmed = end;
  if (trimmed > start && bytes[trimmed - 1] === LF) trimmed--;
  if (trimmed > start && bytes[trimmed - 1] === CR) trimmed--;
  return { start, end: trimmed };
}

function readFieldLine(bytes: Uint8Array, line: ByteRange, violations: Violation[]): FieldLine | undefined {
  const { start, end } = trimLineEnd(bytes, line);
  if (start === end) return undefined;
  const raw = text(bytes, { start, end });
  const colon = raw.indexOf(':');
  const nameLength = colon === -1 ? raw.length : colon;
  const name = raw.slice(0, nameLength);
  if (colon === -1 || !/^[!#$%&'*+\-.^_`|~\w]+$/.test(name)) {
    violations.push({ rule: rules.fieldLineSyntax, at: line, found: raw.slice(0, 40) });
  }
  const value = raw.slice(nameLength + 1);
  const leading = value.length - value.trimStart().length;
  const valueStart = Math.min(end, start + nameLength + 1 + leading);
  return {
    name,
    value: value.trim(),
    range: line,
    nameRange: { start, end: start + nameLength },
    valueRange: { start: valueStart, end: valueStart + value.trim().length },
  };
}

/** The three parts of a start line; the last one takes what is left. */
function threeParts(bytes: Uint8Array, line: ByteRange): [ByteRange, ByteRange, ByteRange] {
  const { start, end } = trimLineEnd(bytes, line);
  const raw = text(bytes, { start, end });
  const first = raw.indexOf(' ');
  const second = first === -1 ? -1 : raw.indexOf(' ', first + 1);
  const firstEnd = first === -1 ? end : start + first;
  const secondEnd = second === -1 ? end : start + second;
  return [
    { start, end: firstEnd },
    { start: Math.min(end, firstEnd + 1), end: secondEnd },
    { start: Math.min(end, secondEnd + 1), end },
  ];
}

function readRequestLine(bytes: Uint8Array, line: ByteRange, violations: Violation[]) {
  const [methodRange, targetRange, versionRange] = threeParts(bytes, line);
  const version = text(bytes, versionRange);
  if (!/^HTTP\/\d\.\d$/.test(version)) {
    violations.push({
      rule: rules.startLineSyntax,
      at: line,
      found: text(bytes, trimLineEnd(bytes, line)).slice(0, 60),
    });
  }
  return {
    kind: 'request' as const,
    method: text(bytes, methodRange),
    target: text(bytes, targetRange),
    version,
    methodRange,
    targetRange,
    versionRange,
  };
}

function readStatusLine(bytes: Uint8Array, line: ByteRange, violations: Violation[]) {
  const [versionRange, statusCodeRange, reasonPhraseRange] = threeParts(bytes, line);
  const status = text(bytes, statusCodeRange);
  const isStatus = /^\d{3}$/.test(status);
  if (!isStatus || !/^HTTP\/\d\.\d$/.test(text(bytes, versionRange))) {
    violations.push({
      rule: rules.startLineSyntax,
      at: line,
      found: text(bytes, trimLineEnd(bytes, line)).slice(0, 60),
    });
  }
  return {
    kind: 'response' as const,
    version: text(bytes, versionRange),
    statusCode: isStatus ? Number(status) : 0,
    reasonPhrase: text(bytes, reasonPhraseRange),
    versionRange,
    statusCodeRange,
    reasonPhraseRange,
  };
}

/** The values of all fields of a name, in order (names are case-insensitive, RFC 9110 §5.1). */
export const fieldValues = (head: RequestHead | ResponseHead, name: string): string[] =>
  head.fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ value }) => value);

/** The members of a comma list, over all fields of a name (RFC 9110 §5.6.1). */
export const fieldTokens = (head: RequestHead | ResponseHead, name: string): string[] =>
  fieldValues(head, name)
    .flatMap((value) => value.split(','))
    .map((member) => member.trim())
    .filter((member) => member !== '');
