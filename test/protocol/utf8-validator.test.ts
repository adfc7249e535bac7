import { isUtf8 } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Validator } from '../../src/protocol/utf8-validator.ts';
import { byteByByte, cutAt, cuts } from './chunking.ts';
import { hex } from './hex.ts';
import { nearlyUtf8 } from './nearly-utf8.ts';

const validate = (parts: readonly Uint8Array[]) => {
  const validator = new Utf8Validator();
  for (const part of parts) validator.push(part);
  return validator.end();
};

describe('Utf8Validator', () => {
  it('agrees with simdutf, which ws relies on, about any bytes', () => {
    fc.assert(
      fc.property(fc.oneof(nearlyUtf8, fc.uint8Array({ maxLength: 60 })), (bytes) => {
        expect(validate([bytes]) === undefined).toBe(isUtf8(bytes));
      }),
      { numRuns: 2000 },
    );
  });

  it('comes to the same end in whatever parts the bytes come', () => {
    fc.assert(
      fc.property(nearlyUtf8, cuts(80), (bytes, places) => {
        const whole = validate([bytes]);
        expect(validate(cutAt(bytes, places))).toEqual(whole);
        expect(validate(byteByByte(bytes))).toEqual(whole);
      }),
    );
  });

  it('lets a character be parted, and says meanwhile that it is not complete (RFC 6455 §5.6)', () => {
    const validator = new Utf8Validator();
    expect(validator.push(hex('e2 82'))).toBe(true);
    expect(validator.isComplete).toBe(false);
    expect(validator.push(hex('ac'))).toBe(true);
    expect(validator.isComplete).toBe(true);
  });

  it('fails as soon as no continuation could help, not at the end', () => {
    const validator = new Utf8Validator();
    expect(validator.push(hex('41 f4'))).toBe(true);
    expect(validator.push(hex('90'))).toBe(false);
    expect(validator.invalid).toEqual({ start: 1, end: 3 });
    expect(validator.push(hex('41'))).toBe(false);
    expect(validator.invalid).toEqual({ start: 1, end: 3 });
  });
});
