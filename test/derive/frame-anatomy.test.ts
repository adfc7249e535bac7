import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitRows } from '../../src/derive/bit-rows.ts';
import { frameAnatomy, wholeFrameViolations, type FrameFieldId } from '../../src/derive/frame-anatomy.ts';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { hex } from './written-log.ts';

function frameOf(bytes: Uint8Array, from: 'client' | 'server' = 'client'): Frame {
  const [frame] = new FrameDecoder({ from }).push(bytes);
  if (!frame) throw new Error('the bytes hold no frame');
  return frame;
}

const brokenFields = (bytes: Uint8Array, from: 'client' | 'server' = 'client'): FrameFieldId[] =>
  frameAnatomy(frameOf(bytes, from), from)
    .filter(({ violations }) => violations.length > 0)
    .map(({ id }) => id);

describe('frameAnatomy', () => {
  it('names each field of a masked text frame, with its bits and its value', () => {
    const fields = frameAnatomy(frameOf(hex('81 85 37fa213d 7f9f4d5158')), 'client');
    expect(fields.map(({ id, startBit, bitLength, value }) => [id, startBit, bitLength, value])).toEqual([
      ['fin', 0, 1, '1'],
      ['rsv1', 1, 1, '0'],
      ['rsv2', 2, 1, '0'],
      ['rsv3', 3, 1, '0'],
      ['opcode', 4, 4, '0x1'],
      ['mask', 8, 1, '1'],
      ['payloadLength', 9, 7, '5'],
      ['maskingKey', 16, 32, '37 fa 21 3d'],
      ['payload', 48, 40, '5 bytes'],
    ]);
  });

  it('covers every bit of any frame once', () => {
    const payload = fc.oneof(
      fc.uint8Array({ maxLength: 130 }),
      fc.constantFrom(65_535, 65_536).map((length) => new Uint8Array(length)),
    );
    const key = fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined });
    fc.assert(
      fc.property(payload, key, (data, maskingKey) => {
        const bytes = encodeFrame({ opcode: 2, payload: data, ...(maskingKey ? { maskingKey } : {}) });
        const fields = frameAnatomy(frameOf(bytes), 'client');
        let next = 0;
        for (const { startBit, bitLength } of fields) {
          expect(startBit).toBe(next);
          next += bitLength;
        }
        expect(next).toBe(bytes.length * 8);
      }),
      { numRuns: 50 },
    );
  });

  it.each<[string, string, 'client' | 'server', FrameFieldId[]]>([
    ['RSV2 without an extension', 'a1 80 00000000', 'client', ['rsv1', 'rsv2', 'rsv3']],
    ['a reserved opcode', '83 80 00000000', 'client', ['opcode']],
    ['an unmasked frame of a client', '81 00', 'client', ['mask']],
    ['a masked frame of a server', '81 80 00000000', 'server', ['mask']],
    ['a fragmented ping', '09 80 00000000', 'client', ['fin']],
  ])('finds %s in the field at fault', (_, bytes, from, fields) => {
    expect(brokenFields(hex(bytes), from)).toEqual(fields);
  });

  it('keeps apart what is wrong with a frame as a whole', () => {
    const [, second] = new FrameDecoder({ from: 'server' }).push(hex('88 00 81 01 48'));
    if (!second) throw new Error('two frames expected');
    expect(wholeFrameViolations(second).map(({ rule }) => rule.id)).toEqual(['data-after-close']);
    expect(frameAnatomy(second, 'server').flatMap(({ violations }) => violations)).toEqual([]);
  });
});

describe('bitRows', () => {
  it.each([16, 32] as const)(
    'fills rows of %i bits without a hole, and draws one row of payload data',
    (width) => {
      const fields = frameAnatomy(
        frameOf(encodeFrame({ opcode: 1, payload: new Uint8Array(300), maskingKey: hex('01020304') })),
        'client',
      );
      const rows = bitRows(fields, width);
      for (const cells of rows) {
        let next = 0;
        for (const { column, width: bits } of cells) {
          expect(column).toBe(next);
          next += bits;
        }
        expect(next).toBe(width);
      }
      expect(rows).toHaveLength(width === 32 ? 3 : 5);
      const payload = rows.flat().filter(({ field }) => field.id === 'payload');
      expect(payload.map(({ begins, ends }) => [begins, ends])).toEqual([[true, false]]);
    },
  );
});
