import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, findInvalidUtf8, utf8Length } from '../../src/protocol/utf8.ts';
import { hex } from './hex.ts';
import { nearlyUtf8 } from './nearly-utf8.ts';

/** A string that may hold lone surrogates. */
const anyText = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.constantFrom('😀', '€', 'a', '\ud800', '\udc00'),
  ),
  maxLength: 40,
});

describe('encodeUtf8 and utf8Length', () => {
  it('agree with the platform’s encoder, lone surrogates included', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const bytes = new TextEncoder().encode(text);
        expect(encodeUtf8(text)).toEqual(bytes);
        expect(utf8Length(text)).toBe(bytes.length);
      }),
    );
  });
});

describe('decodeUtf8', () => {
  it('agrees with the platform’s decoder on any bytes, one U+FFFD for each broken beginning', () => {
    const platform = new TextDecoder('utf-8', { ignoreBOM: true });
    fc.assert(
      fc.property(fc.oneof(nearlyUtf8, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        expect(decodeUtf8(bytes)).toBe(platform.decode(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('decodes texts longer than a call takes arguments', () => {
    const text = '😀é€a'.repeat(60_000);
    expect(decodeUtf8(new TextEncoder().encode(text))).toBe(text);
  });
});

describe('findInvalidUtf8', () => {
  it.each([
    ['48 c3 a9 e2 82 ac f0 9f 98 80', undefined],
    ['', undefined],
    ['41 ff 42', { start: 1, end: 2 }],
    ['80', { start: 0, end: 1 }],
    ['c0 80', { start: 0, end: 1 }],
    ['e0 80 80', { start: 0, end: 2 }],
    ['ed a0 80', { start: 0, end: 2 }],
    ['f4 90 80 80', { start: 0, end: 2 }],
    ['f5 80', { start: 0, end: 1 }],
    ['41 e2 82 41', { start: 1, end: 4 }],
    ['41 e2 82', { start: 1, end: 3 }],
    ['f0 9f 98', { start: 0, end: 3 }],
  ])('finds in %j what is broken and the byte that shows it (RFC 3629 §3)', (bytes, invalid) => {
    expect(findInvalidUtf8(hex(bytes))).toEqual(invalid);
  });

  it('finds a bad byte anywhere in a long text, at whatever place it begins in memory', () => {
    for (let size = 0; size < 70; size++) {
      for (const offset of [0, 1, 2, 3]) {
        const bytes = new Uint8Array(offset + size + 1).fill(0x61).subarray(offset);
        expect(findInvalidUtf8(bytes)).toBeUndefined();
        bytes[size] = 0xff;
        expect(findInvalidUtf8(bytes)).toEqual({ start: size, end: size + 1 });
      }
    }
  });
});
