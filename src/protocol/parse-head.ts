import type { ByteRange } from './byte-range.ts';
import type { FieldLine, Head, RequestHead, ResponseHead } from './http-head.ts';
import { parseFieldLine } from './parse-field-line.ts';
import type { Rule } from './rule.ts';
import { rules } from './rules.ts';
import { isToken } from './token.ts';
import type { Violation } from './violation.ts';
import { latin1, visibleText } from './visible-text.ts';

const CR = 0x0d;
const LF = 0x0a;

/** Why a head was taken although its empty line has not come: it grew too long, or the stream ended. */
export type CutShort = 'too long' | 'ended';

/** Which head a reader of a kind reads. */
export type HeadOf<Kind extends 'request' | 'response'> = Kind extends 'request' ? RequestHead : ResponseHead;

/** A line of a head: `range` has its line end, `end` is where its content ends. */
interface Line {
  range: ByteRange;
  end: number;
}

/**
 * Reads a whole head (RFC 9112 §2-§5), including one that breaks every rule: what departs from the syntax becomes a
 * violation, and reading goes on with what was most likely meant.
 */
export function parseHead<Kind extends 'request' | 'response'>(
  kind: Kind,
  bytes: Uint8Array,
  cutShort?: CutShort,
): HeadOf<Kind> {
  const violations: Violation[] = [];
  const lines = splitLines(bytes);
  const leading = lines.findIndex((line) => line.end > line.range.start);
  const startIndex = leading === -1 ? 0 : leading;
  const startLine = lines[startIndex] ?? { range: { start: 0, end: 0 }, end: 0 };
  if (startIndex > 0) {
    const at = { start: 0, end: startLine.range.start };
    violations.push({ rule: rules.noLeadingEmptyLine, at, found: 'an empty line' });
  }
  judgeLineEndings(bytes, lines, violations);
  const start =
    kind === 'request'
      ? readRequestLine(bytes, startLine, violations)
      : readStatusLine(bytes, startLine, violations);
  const fields: FieldLine[] = [];
  for (const { range, end } of lines.slice(startIndex + 1)) {
    if (end > range.start) parseFieldLine(bytes, range, end, fields, violations);
  }
  if (cutShort) violations.push(cut(cutShort, bytes.length));
  const head: Head = { bytes, fields, startLine: startLine.range, violations };
  return { ...head, ...start } as HeadOf<Kind>;
}

function cut(cutShort: CutShort, length: number): Violation {
  const all = { start: 0, end: length };
  return cutShort === 'too long'
    ? { rule: rules.headSize, at: all, found: `no end within ${String(length)} bytes` }
    : { rule: rules.headEnd, at: { start: length, end: length }, found: 'the connection ended first' };
}

/** Lines end with LF; a CR before it belongs to the line end (RFC 9112 §2.2 lets a reader do so). */
function splitLines(bytes: Uint8Array): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < bytes.length) {
    const lf = bytes.indexOf(LF, start);
    const end = lf === -1 ? bytes.length : lf;
    const contentEnd = lf > start && bytes[lf - 1] === CR ? lf - 1 : end;
    lines.push({ range: { start, end: lf === -1 ? end : lf + 1 }, end: contentEnd });
    start = lf === -1 ? end : lf + 1;
  }
  return lines;
}

function judgeLineEndings(bytes: Uint8Array, lines: readonly Line[], violations: Violation[]): void {
  const broken = (start: number, found: string): void => {
    violations.push({ rule: rules.lineEnding, at: { start, end: start + 1 }, found });
  };
  for (const { range, end } of lines) {
    const bareCr = bytes.subarray(range.start, end).indexOf(CR);
    if (bareCr !== -1) broken(range.start + bareCr, 'a CR without LF');
    if (bytes[range.end - 1] === LF && end === range.end - 1) broken(end, 'an LF without CR');
  }
}

/** Where the next word begins at or after `from`: words are parted by spaces and tabs. */
function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the word that begins at `from` ends. */
function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ' ' && text[at] !== '\t') at++;
  return at;
}

/** Where the last word before `to` ends. */
function skipBlanksBack(text: string, to: number): number {
  let at = to;
  while (text[at - 1] === ' ' || text[at - 1] === '\t') at--;
  return at;
}

/** The first word, the last word, and what stands between: a request-target with spaces in it stays in one piece. */
function requestLineParts(text: string): [ByteRange, ByteRange, ByteRange] {
  const methodEnd = wordEnd(text, 0);
  const targetStart = skipBlanks(text, methodEnd);
  const end = Math.max(targetStart, skipBlanksBack(text, text.length));
  let versionStart = end;
  while (versionStart > targetStart && text[versionStart - 1] !== ' ' && text[versionStart - 1] !== '\t') {
    versionStart--;
  }
  // Two words only: the second one is the request-target, as in HTTP/0.9.
  if (versionStart === targetStart) versionStart = end;
  return [
    { start: 0, end: methodEnd },
    { start: targetStart, end: Math.max(targetStart, skipBlanksBack(text, versionStart)) },
    { start: versionStart, end },
  ];
}

/** The first word, the second word, and all the rest: a reason phrase may hold spaces. */
function statusLineParts(text: string): [ByteRange, ByteRange, ByteRange] {
  const versionEnd = wordEnd(text, 0);
  const statusStart = skipBlanks(text, versionEnd);
  const statusEnd = wordEnd(text, statusStart);
  const reasonStart = Math.min(text.length, statusEnd + 1);
  return [
    { start: 0, end: versionEnd },
    { start: statusStart, end: statusEnd },
    { start: reasonStart, end: text.length },
  ];
}

const moved = ({ start, end }: ByteRange, by: number): ByteRange => ({ start: start + by, end: end + by });

function readRequestLine(bytes: Uint8Array, { range, end }: Line, violations: Violation[]) {
  const text = latin1(bytes, range.start, end);
  const [methodAt, targetAt, versionAt] = requestLineParts(text);
  const method = text.slice(methodAt.start, methodAt.end);
  if (!/^\S+ [!-~]+ HTTP\/\d\.\d$/.test(text) || !isToken(method)) {
    violations.push(startLineViolation(rules.requestLineSyntax, range, text));
  }
  return {
    kind: 'request' as const,
    method,
    target: text.slice(targetAt.start, targetAt.end),
    version: text.slice(versionAt.start, versionAt.end),
    methodRange: moved(methodAt, range.start),
    targetRange: moved(targetAt, range.start),
    versionRange: moved(versionAt, range.start),
  };
}

function readStatusLine(bytes: Uint8Array, { range, end }: Line, violations: Violation[]) {
  const text = latin1(bytes, range.start, end);
  const [versionAt, statusAt, reasonAt] = statusLineParts(text);
  const status = text.slice(statusAt.start, statusAt.end);
  if (!/^HTTP\/\d\.\d \d{3} [\t\x20-\x7e\x80-\xff]*$/.test(text)) {
    violations.push(startLineViolation(rules.statusLineSyntax, range, text));
  }
  return {
    kind: 'response' as const,
    version: text.slice(versionAt.start, versionAt.end),
    statusCode: /^\d{3}$/.test(status) ? Number(status) : 0,
    reasonPhrase: text.slice(reasonAt.start, reasonAt.end),
    versionRange: moved(versionAt, range.start),
    statusCodeRange: moved(statusAt, range.start),
    reasonPhraseRange: moved(reasonAt, range.start),
  };
}

const startLineViolation = (rule: Rule, at: ByteRange, text: string): Violation => ({
  rule,
  at,
  found: text === '' ? 'nothing' : visibleText(text),
});
