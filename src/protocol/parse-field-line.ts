import type { ByteRange } from './byte-range.ts';
import type { FieldLine } from './http-head.ts';
import { rules } from './rules.ts';
import { isToken } from './token.ts';
import type { Violation } from './violation.ts';
import { latin1, visibleText } from './visible-text.ts';

const HTAB = 0x09;
const CR = 0x0d;
const SP = 0x20;
const COLON = 0x3a;
const DEL = 0x7f;

const isBlank = (byte: number | undefined): boolean => byte === SP || byte === HTAB;

/**
 * Reads one field line (RFC 9112 §5) and adds it to `fields`, or to the last of them where the line continues it.
 * `range` is the line with its line end, `contentEnd` where its content ends.
 */
export function parseFieldLine(
  bytes: Uint8Array,
  range: ByteRange,
  contentEnd: number,
  fields: FieldLine[],
  violations: Violation[],
): void {
  judgeValueBytes(bytes, range.start, contentEnd, violations);
  if (isBlank(bytes[range.start])) {
    readFolded(bytes, range, contentEnd, fields, violations);
    return;
  }
  const colonAt = bytes.subarray(range.start, contentEnd).indexOf(COLON);
  const beforeColon = colonAt === -1 ? contentEnd : range.start + colonAt;
  const nameRange = { start: range.start, end: beforeColon };
  while (nameRange.end > nameRange.start && isBlank(bytes[nameRange.end - 1])) nameRange.end--;
  const name = latin1(bytes, nameRange.start, nameRange.end);
  if (colonAt === -1) {
    violations.push({ rule: rules.fieldName, at: range, found: `no colon: ${visibleText(name)}` });
  } else {
    judgeName(name, nameRange, beforeColon, violations);
  }
  const valueRange = trimmed(bytes, Math.min(beforeColon + 1, contentEnd), contentEnd);
  const value = latin1(bytes, valueRange.start, valueRange.end);
  fields.push({ name, value, range: { ...range }, nameRange, valueRange });
}

function judgeName(name: string, nameRange: ByteRange, colonAt: number, violations: Violation[]): void {
  if (nameRange.end < colonAt) {
    const at = { start: nameRange.end, end: colonAt };
    violations.push({ rule: rules.spaceBeforeColon, at, found: `a space after ${visibleText(name)}` });
  }
  if (!isToken(name)) {
    const found = name === '' ? 'an empty name' : visibleText(name);
    violations.push({ rule: rules.fieldName, at: { start: nameRange.start, end: colonAt }, found });
  }
}

/** A line that begins with a space continues the value above it (RFC 9112 §5.2); below the start line it is lost (§2.2). */
function readFolded(
  bytes: Uint8Array,
  range: ByteRange,
  contentEnd: number,
  fields: FieldLine[],
  violations: Violation[],
): void {
  const folded = trimmed(bytes, range.start, contentEnd);
  const text = latin1(bytes, folded.start, folded.end);
  const above = fields.at(-1);
  const found =
    above === undefined ? 'a space below the start line' : `a continued ${visibleText(above.name)}`;
  violations.push({ rule: rules.noLineFolding, at: range, found });
  if (!above) {
    const nameRange = { start: range.start, end: range.start };
    fields.push({ name: '', value: text, range: { ...range }, nameRange, valueRange: folded });
    return;
  }
  // §5.2: a reader that does not refuse it takes the fold for spaces.
  above.value = above.value === '' || text === '' ? above.value + text : `${above.value} ${text}`;
  above.range.end = range.end;
  if (folded.end > folded.start) above.valueRange.end = folded.end;
}

/** A range without the spaces and tabs at both its ends (RFC 9110 §5.6.3). */
function trimmed(bytes: Uint8Array, start: number, end: number): ByteRange {
  const range = { start, end };
  while (range.end > range.start && isBlank(bytes[range.end - 1])) range.end--;
  while (range.start < range.end && isBlank(bytes[range.start])) range.start++;
  return range;
}

/** RFC 9110 §5.5: visible characters, spaces, tabs, and bytes above ASCII. A CR that stands alone has a rule of its own. */
function judgeValueBytes(bytes: Uint8Array, start: number, end: number, violations: Violation[]): void {
  for (let index = start; index < end; index++) {
    const byte = bytes[index] ?? 0;
    if (byte === DEL || (byte < SP && byte !== HTAB && byte !== CR)) {
      const found = `the byte 0x${byte.toString(16).padStart(2, '0')}`;
      violations.push({ rule: rules.fieldValue, at: { start: index, end: index + 1 }, found });
      return;
    }
  }
}
