import fc from 'fast-check';
import { concat } from './hex.ts';

/** A frame written by hand, for tests of the decoder: no code of ours has a part in it. */
export interface HandwrittenFrame {
  /** FIN, RSV1-3 and opcode; default FIN and text. */
  flags?: number;
  payload?: Uint8Array;
  maskingKey?: Uint8Array | undefined;
  /** The form of the length; default the shortest. */
  form?: 7 | 16 | 64;
  /** The length that is written; default that of the payload. */
  length?: number;
}

/** Writes a frame (RFC 6455 §5.2). */
export function frameBytes({
  flags = 0x81,
  payload = new Uint8Array(0),
  maskingKey,
  length = payload.length,
  form = length < 126 ? 7 : length < 65_536 ? 16 : 64,
}: HandwrittenFrame): Uint8Array {
  const header = Buffer.alloc(form === 7 ? 2 : form === 16 ? 4 : 10);
  header[0] = flags;
  header[1] = (maskingKey ? 0x80 : 0) | (form === 7 ? length : form === 16 ? 126 : 127);
  if (form === 16) header.writeUInt16BE(length, 2);
  if (form === 64) header.writeBigUInt64BE(BigInt(length), 2);
  const masked = maskingKey ? payload.map((byte, index) => byte ^ (maskingKey[index % 4] ?? 0)) : payload;
  return concat(header, maskingKey ?? new Uint8Array(0), masked);
}

const bytesOf4 = fc.uint8Array({ minLength: 4, maxLength: 4 });

/** One frame, legal or not. */
const anyFrame: fc.Arbitrary<Uint8Array> = fc
  .record({
    flags: fc.oneof(
      fc.constantFrom(0x81, 0x82, 0x01, 0x02, 0x00, 0x80, 0x88, 0x89, 0x8a, 0xc1, 0x41),
      fc.integer({ min: 0, max: 255 }),
    ),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 10 }),
      fc.uint8Array({ minLength: 120, maxLength: 130 }),
      fc.string({ maxLength: 12, unit: 'binary' }).map((text) => new TextEncoder().encode(text)),
      fc.constantFrom(Uint8Array.of(3, 232), Uint8Array.of(3, 237, 0xff), Uint8Array.of(1)),
    ),
    maskingKey: fc.option(bytesOf4, { nil: undefined }),
    isPadded: fc.boolean(),
  })
  .map(({ isPadded, ...frame }) => frameBytes(isPadded ? { ...frame, form: 16 } : frame));

/** Frames one after the other, the last one perhaps cut short. */
export const streamsOfFrames: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.array(anyFrame, { maxLength: 6 }), fc.nat({ max: 20 }))
  .map(([frames, cut]) => {
    const bytes = concat(...frames);
    return bytes.slice(0, bytes.length - Math.min(cut, 10) * (cut % 2));
  });
