import type { ByteRange } from './byte-range.ts';
import { Utf8Validator } from './utf8-validator.ts';

/** How many bytes a string takes as UTF-8. A lone surrogate counts as U+FFFD, which is what `send()` makes of it. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** A string as UTF-8. A lone surrogate becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const scalar = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (scalar < 0x80) {
      bytes[at++] = scalar;
      continue;
    }
    const following = scalar < 0x800 ? 1 : scalar < 0x10000 ? 2 : 3;
    bytes[at++] = ((0xff00 >> (following + 1)) & 0xff) | (scalar >> (6 * following));
    for (let left = following - 1; left >= 0; left--) bytes[at++] = 0x80 | ((scalar >> (6 * left)) & 0x3f);
  }
  return bytes;
}

/** The first bytes that are not UTF-8, with the byte that shows it; `undefined` where all is well (RFC 3629 §3, §4). */
export function findInvalidUtf8(bytes: Uint8Array): ByteRange | undefined {
  const validator = new Utf8Validator();
  validator.push(bytes);
  return validator.end();
}

/**
 * UTF-8 as a string. What is not UTF-8 becomes U+FFFD, one for each longest beginning of a character, as browsers do
 * (Encoding Standard §8.1.1). A byte order mark is kept.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  const units: number[] = [];
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    const length = lead < 0x80 ? 1 : wellFormedLength(bytes, at, lead);
    if (length < 0) {
      units.push(0xfffd);
      at -= length;
    } else {
      pushCodePoint(units, codePointAt(bytes, at, length));
      at += length;
    }
    // A call takes a limited number of arguments.
    if (units.length > 4096) text += String.fromCharCode(...units.splice(0));
  }
  return text + String.fromCharCode(...units);
}

/** How long the character is that begins here; negated, how long the beginning of one is that comes to nothing. */
function wellFormedLength(bytes: Uint8Array, at: number, lead: number): number {
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return -1;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index];
    // RFC 3629 §4: the second byte is bounded more closely after these four.
    const low = index > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = index > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte === undefined || byte < low || byte > high) return -index;
  }
  return length;
}

function codePointAt(bytes: Uint8Array, at: number, length: number): number {
  const lead = bytes[at] ?? 0;
  let point = length === 1 ? lead : lead & (0xff >> (length + 1));
  for (let index = 1; index < length; index++) point = (point << 6) | ((bytes[at + index] ?? 0) & 0x3f);
  return point;
}

function pushCodePoint(units: number[], point: number): void {
  if (point < 0x10000) units.push(point);
  else units.push(0xd7c0 + (point >> 10), 0xdc00 | (point & 0x3ff));
}
