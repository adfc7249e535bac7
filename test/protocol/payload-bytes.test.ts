import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayloadBytes } from '../../src/protocol/payload-bytes.ts';
import { concat, hex } from './hex.ts';

describe('PayloadBytes', () => {
  it('gives back what was added, however it came and whenever somebody looked', () => {
    const pieces = fc.array(fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(pieces, fc.nat(1500), (added, maxBytes) => {
        const payload = new PayloadBytes(maxBytes);
        let all = new Uint8Array(0);
        for (const [piece, look] of added) {
          payload.add(piece);
          all = Uint8Array.from(concat(all, piece));
          if (look) expect(payload.bytes).toEqual(all.slice(0, maxBytes));
        }
        expect(payload.bytes).toEqual(all.slice(0, maxBytes));
        expect(payload.length).toBe(Math.min(all.length, maxBytes));
      }),
    );
  });

  it('gives the same view as long as nothing is added', () => {
    const payload = new PayloadBytes(100);
    for (let count = 0; count < 40; count++) payload.add(hex('07'));
    expect(payload.bytes).toBe(payload.bytes);
    const before = payload.bytes;
    payload.add(hex('08'));
    expect(payload.bytes).not.toBe(before);
    expect(payload.bytes).toEqual(hex('07*40 08'));
  });

  it('does not copy a single piece', () => {
    const piece = hex('01 02');
    const payload = new PayloadBytes(10);
    payload.add(piece);
    payload.add(new Uint8Array(0));
    expect(payload.bytes.buffer).toBe(piece.buffer);
  });
});
