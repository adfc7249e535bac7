import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMask } from '../../src/protocol/masking.ts';
import { hex } from './hex.ts';

const key = fc.uint8Array({ minLength: 4, maxLength: 4 });

describe('applyMask', () => {
  it('unmasks the standard’s own example (RFC 6455 §5.7)', () => {
    expect(applyMask(hex('7f 9f 4d 51 58'), hex('37 fa 21 3d'))).toEqual(hex('48 65 6c 6c 6f'));
  });

  it('is byte i XOR byte i mod 4 of the key, and answers bytes of its own (§5.3)', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), key, (payload, maskingKey) => {
        const before = payload.slice();
        const masked = applyMask(payload, maskingKey);
        expect(masked).toEqual(payload.map((byte, index) => byte ^ (maskingKey[index % 4] ?? 0)));
        expect(payload).toEqual(before);
        expect(masked.buffer).not.toBe(payload.buffer);
      }),
    );
  });

  it('undoes itself', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), key, (payload, maskingKey) => {
        expect(applyMask(applyMask(payload, maskingKey), maskingKey)).toEqual(payload);
      }),
    );
  });

  it('goes on in the middle of a payload, from a view of a larger buffer', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 70 }),
        key,
        fc.nat(69),
        (payload, maskingKey, cut) => {
          const at = cut % payload.length;
          const whole = applyMask(payload, maskingKey);
          expect(applyMask(payload.subarray(at), maskingKey, at)).toEqual(whole.slice(at));
        },
      ),
    );
  });
});
