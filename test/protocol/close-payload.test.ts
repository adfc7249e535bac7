import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClosePayload, writeClosePayload } from '../../src/protocol/close-payload.ts';
import { hex } from './hex.ts';

describe('readClosePayload', () => {
  it.each([
    ['', { closeCode: undefined, closeReason: '', invalidReason: undefined }],
    ['03', { closeCode: undefined, closeReason: '', invalidReason: undefined }],
    ['03 e8', { closeCode: 1000, closeReason: '', invalidReason: undefined }],
    ['0f a1 61 73 20 61 73 6b 65 64', { closeCode: 4001, closeReason: 'as asked', invalidReason: undefined }],
    ['03 e8 41 ff 42', { closeCode: 1000, closeReason: 'A\ufffdB', invalidReason: { start: 3, end: 4 } }],
    ['03 e8 e2 82', { closeCode: 1000, closeReason: '\ufffd', invalidReason: { start: 2, end: 4 } }],
  ])('reads %j (RFC 6455 §5.5.1)', (payload, meaning) => {
    expect(readClosePayload(hex(payload))).toEqual(meaning);
  });

  it('reads back what writeClosePayload writes', () => {
    const code = fc.integer({ min: 0, max: 65_535 });
    fc.assert(
      fc.property(code, fc.string({ unit: 'grapheme' }), (closeCode, closeReason) => {
        expect(readClosePayload(writeClosePayload(closeCode, closeReason))).toEqual({
          closeCode,
          closeReason,
          invalidReason: undefined,
        });
      }),
    );
  });

  it('has nothing to read where nothing was written: without a code there is no reason either', () => {
    expect(writeClosePayload(undefined, 'never sent')).toEqual(new Uint8Array(0));
  });
});
