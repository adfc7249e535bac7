import fc from 'fast-check';
import { hex } from './hex.ts';

/** Bytes near the edges of UTF-8, where ordinary random bytes seldom come. */
export const nearlyUtf8: fc.Arbitrary<Uint8Array> = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 4 }).map((text) => [...new TextEncoder().encode(text)]),
      fc
        .constantFrom(
          0x00,
          0x7f,
          0x80,
          0xbf,
          0xc0,
          0xc1,
          0xc2,
          0xdf,
          0xe0,
          0xed,
          0xef,
          0xf0,
          0xf4,
          0xf5,
          0xff,
        )
        .map((byte) => [byte]),
      fc
        .constantFrom('e2 82', 'f0 9f 98', 'ed a0 80', 'e0 80 80', 'f4 90 80 80', 'ef bf bf', 'f0 8f bf bf')
        .map((digits) => [...hex(digits)]),
    ),
    { maxLength: 20 },
  )
  .map((parts) => Uint8Array.from(parts.flat()));
