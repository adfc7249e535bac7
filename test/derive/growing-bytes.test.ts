import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingBytes } from '../../src/derive/growing-bytes.ts';

describe('GrowingBytes', () => {
  it('holds all that was appended, and leaves what was read before as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 30 })), (parts) => {
        const growing = new GrowingBytes();
        const expected: number[] = [];
        const seen: { bytes: Uint8Array; as: number[] }[] = [];
        for (const part of parts) {
          growing.append(part);
          expected.push(...part);
          seen.push({ bytes: growing.bytes, as: [...expected] });
        }
        for (const { bytes, as } of seen) expect([...bytes]).toEqual(as);
        expect([...growing.bytes]).toEqual(expected);
      }),
    );
  });
});
