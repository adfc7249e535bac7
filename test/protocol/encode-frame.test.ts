import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame, type FrameDescription } from '../../src/protocol/encode-frame.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import { frameBytes } from './frame-bytes.ts';
import { concat, hex } from './hex.ts';
import { WsSender } from './ws-internals.ts';

const hello = hex('48 65 6c 6c 6f');
const key = hex('37 fa 21 3d');

describe('encodeFrame', () => {
  it.each<[title: string, frame: FrameDescription, bytes: string]>([
    ['an unmasked text', { opcode: Opcode.text, payload: hello }, '81 05 48 65 6c 6c 6f'],
    [
      'a masked text',
      { opcode: Opcode.text, payload: hello, maskingKey: key },
      '81 85 37 fa 21 3d 7f 9f 4d 51 58',
    ],
    ['a first fragment', { opcode: Opcode.text, fin: false, payload: hex('48 65 6c') }, '01 03 48 65 6c'],
    ['a last fragment', { opcode: Opcode.continuation, payload: hex('6c 6f') }, '80 02 6c 6f'],
    ['a ping', { opcode: Opcode.ping, payload: hello }, '89 05 48 65 6c 6c 6f'],
    [
      'a masked pong',
      { opcode: Opcode.pong, payload: hello, maskingKey: key },
      '8a 85 37 fa 21 3d 7f 9f 4d 51 58',
    ],
    ['256 bytes', { opcode: Opcode.binary, payload: hex('a5*256') }, '82 7e 01 00 a5*256'],
    ['64 KiB', { opcode: Opcode.binary, payload: hex('a5*65536') }, '82 7f 00 00 00 00 00 01 00 00 a5*65536'],
  ])('writes the standard’s example of %s (RFC 6455 §5.7)', (_, frame, bytes) => {
    expect(encodeFrame(frame)).toEqual(hex(bytes));
  });

  it.each<[title: string, frame: FrameDescription, bytes: string]>([
    ['a reserved opcode and all reserved bits', { opcode: 15, rsv1: true, rsv2: true, rsv3: true }, 'ff 00'],
    ['5 bytes in 16 bits', { opcode: 1, payload: hello, lengthEncoding: 16 }, '81 7e 00 05 48 65 6c 6c 6f'],
    [
      '5 bytes in 64 bits',
      { opcode: 1, payload: hello, lengthEncoding: 64 },
      '81 7f 00 00 00 00 00 00 00 05 48 65 6c 6c 6f',
    ],
    ['a length with the top bit', { opcode: 2, payloadLength: 2n ** 63n }, '82 7f 80 00 00 00 00 00 00 00'],
    ['the longest length', { opcode: 2, payloadLength: 2n ** 64n - 1n }, '82 7f ff ff ff ff ff ff ff ff'],
    ['a length that lies', { opcode: 2, payload: hello, payloadLength: 3 }, '82 03 48 65 6c 6c 6f'],
    [
      'an announcement of 16 bits that do not come',
      { opcode: 2, lengthEncoding: 7, payloadLength: 126 },
      '82 7e',
    ],
    ['a MASK bit without a key', { opcode: 1, payload: hello, masked: true }, '81 85 48 65 6c 6c 6f'],
    [
      'a key without a MASK bit',
      { opcode: 1, payload: hello, masked: false, maskingKey: key },
      '81 05 37 fa 21 3d 7f 9f 4d 51 58',
    ],
    ['a fragmented ping', { opcode: 9, fin: false }, '09 00'],
    ['a ping of 126 bytes', { opcode: 9, payload: hex('00*126') }, '89 7e 00 7e 00*126'],
  ])('writes what no browser would send: %s', (_, frame, bytes) => {
    expect(encodeFrame(frame)).toEqual(hex(bytes));
  });

  it.each<[title: string, frame: FrameDescription, message: RegExp]>([
    ['an opcode of five bits', { opcode: 16 }, /opcode/],
    ['half an opcode', { opcode: 0.5 }, /opcode/],
    ['a key of three bytes', { opcode: 1, maskingKey: hex('01 02 03') }, /masking-key/],
    ['128 in 7 bits', { opcode: 1, lengthEncoding: 7, payloadLength: 128 }, /7 bits/],
    ['65536 in 16 bits', { opcode: 1, lengthEncoding: 16, payloadLength: 65_536 }, /16 bits/],
    ['2^64 in 64 bits', { opcode: 1, payloadLength: 2n ** 64n }, /64 bits/],
    ['a length below 0', { opcode: 1, payloadLength: -1 }, /-1/],
    ['half a length', { opcode: 1, payloadLength: 0.5 }, /0.5/],
  ])('throws a RangeError for what no bits can hold: %s', (_, frame, message) => {
    expect(() => encodeFrame(frame)).toThrow(RangeError);
    expect(() => encodeFrame(frame)).toThrow(message);
  });

  const description = fc.record({
    opcode: fc.integer({ min: 0, max: 15 }),
    fin: fc.boolean(),
    rsv1: fc.boolean(),
    rsv2: fc.boolean(),
    rsv3: fc.boolean(),
    payload: fc.oneof(
      fc.uint8Array({ maxLength: 140 }),
      fc.constantFrom(hex('00*65535'), hex('ff*65536'), hex('7e*125'), hex('7f*126')),
    ),
    maskingKey: fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
    lengthEncoding: fc.constantFrom(undefined, 16, 64),
  });

  it('writes what FrameDecoder reads back, bit for bit', () => {
    fc.assert(
      fc.property(description, ({ lengthEncoding, ...frame }) => {
        const isForced = lengthEncoding !== undefined && frame.payload.length < 2 ** lengthEncoding;
        const bytes = encodeFrame(isForced ? { ...frame, lengthEncoding } : frame);
        const [decoded, ...more] = new FrameDecoder({ from: 'client' }).push(bytes);
        expect(more).toEqual([]);
        expect(decoded?.range).toEqual({ start: 0, end: bytes.length });
        const { payload, ...header } = frame;
        expect(decoded).toMatchObject({ ...header, masked: header.maskingKey !== undefined });
        expect(decoded?.payload).toEqual(payload);
        if (isForced) expect(decoded?.lengthEncoding).toBe(lengthEncoding);
      }),
    );
  });

  it('writes what ws’s own sender writes, for whatever ws can send', () => {
    fc.assert(
      fc.property(description, ({ opcode, fin, rsv1, payload, maskingKey }) => {
        const theirs = WsSender.frame(Buffer.from(payload), {
          opcode,
          fin,
          rsv1,
          mask: maskingKey !== undefined,
          readOnly: false,
          maskBuffer: Buffer.alloc(4),
          generateMask: (mask) => {
            mask.set(maskingKey ?? []);
          },
        });
        expect(encodeFrame({ opcode, fin, rsv1, payload, maskingKey })).toEqual(concat(...theirs));
      }),
    );
  });

  it('is not held true by our own decoder alone: the tests’ handwritten frames are the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 140 }), (payload) => {
        expect(encodeFrame({ opcode: 2, payload, maskingKey: key })).toEqual(
          frameBytes({ flags: 0x82, payload, maskingKey: key }),
        );
      }),
    );
  });
});
