import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameDecoder, type FrameDecoderOptions } from '../../src/protocol/decode-frame.ts';
import { describeFrame } from '../../src/protocol/describe-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import type { Frame } from '../../src/protocol/frame.ts';
import { rules } from '../../src/protocol/rules.ts';
import { frameVectors } from '../vectors/read-vectors.ts';
import { byteByByte, cutAt, cuts } from './chunking.ts';
import { frameBytes, streamsOfFrames } from './frame-bytes.ts';
import { concat, hex, toHex } from './hex.ts';

const deflate = parseExtensions(['permessage-deflate']).extensions;

/** Everything that a frame says, as plain data. */
const facts = (frame: Frame) => ({
  range: frame.range,
  fin: frame.fin,
  rsv: [frame.rsv1, frame.rsv2, frame.rsv3],
  opcode: frame.opcode,
  masked: frame.masked,
  lengthEncoding: frame.lengthEncoding,
  payloadLength: frame.payloadLength,
  maskingKey: frame.maskingKey && toHex(frame.maskingKey),
  wirePayload: toHex(frame.wirePayload),
  payload: toHex(frame.payload),
  droppedBytes: frame.droppedBytes,
  fields: frame.fields,
  violations: frame.violations.map(({ rule, at, found }) => [rule.id, at, found]),
});

function decode(bytes: Uint8Array | string, options: Partial<FrameDecoderOptions> = {}): Frame[] {
  const decoder = new FrameDecoder({ from: 'server', ...options });
  return decoder.push(typeof bytes === 'string' ? hex(bytes) : bytes);
}

/** What frames break, each as `rule start-end`. */
const brokenBy = (bytes: string, options: Partial<FrameDecoderOptions> = {}): string[] =>
  decode(bytes, options).flatMap(({ violations }) =>
    violations.map(({ rule, at }) => `${rule.id} ${String(at.start)}-${String(at.end)}`),
  );

describe('FrameDecoder', () => {
  it.each(frameVectors())('decodes $title ($section)', ({ bytes, from, extensions, lines, payloads }) => {
    const agreed = parseExtensions(extensions === undefined ? [] : [extensions]).extensions;
    const frames = decode(bytes, { from, extensions: agreed });
    expect(frames.map(describeFrame)).toEqual(lines);
    expect(frames.map(({ payload }) => toHex(payload))).toEqual(
      payloads.map((payload) => toHex(hex(payload))),
    );
    expect(frames.flatMap(({ violations }) => violations)).toEqual([]);
  });

  it('gives the place of each field of a masked frame with a 16-bit length (§5.2)', () => {
    const [first, frame] = decode(`89 80 00 00 00 00  82 fe 00 7e 01 02 03 04 00*126`, { from: 'client' });
    expect(first?.range).toEqual({ start: 0, end: 6 });
    expect(frame?.range).toEqual({ start: 6, end: 140 });
    expect(frame?.fields).toEqual({
      flags: { start: 6, end: 7 },
      length: { start: 7, end: 8 },
      extendedLength: { start: 8, end: 10 },
      maskingKey: { start: 10, end: 14 },
      payload: { start: 14, end: 140 },
    });
    expect(frame?.maskingKey).toEqual(hex('01 02 03 04'));
    expect(frame?.wirePayload).toEqual(hex('00*126'));
    expect(frame?.payload.subarray(0, 5)).toEqual(hex('01 02 03 04 01'));
  });

  it('gives the place of each field of an unmasked frame with a 7-bit and with a 64-bit length (§5.2)', () => {
    const [short, long] = decode('81 01 41  82 7f 00 00 00 00 00 01 00 00 00*65536');
    expect(short?.fields).toEqual({
      flags: { start: 0, end: 1 },
      length: { start: 1, end: 2 },
      extendedLength: undefined,
      maskingKey: undefined,
      payload: { start: 2, end: 3 },
    });
    expect(long?.fields.extendedLength).toEqual({ start: 5, end: 13 });
    expect(long?.fields.payload).toEqual({ start: 13, end: 65_549 });
  });

  it.each([0, 1, 125, 126, 127, 65_535, 65_536])(
    'takes a payload of %i bytes, at the edges of the three forms',
    (length) => {
      const form = length < 126 ? 7 : length < 65_536 ? 16 : 64;
      const [frame, ...more] = decode(frameBytes({ payload: new Uint8Array(length) }));
      expect(frame).toMatchObject({ payloadLength: length, lengthEncoding: form, violations: [] });
      expect(more).toEqual([]);
    },
  );

  it('does not copy a payload that lies in one chunk, masked or not, until it is unmasked', () => {
    const bytes = hex('82 03 01 02 03');
    expect(decode(bytes)[0]?.payload.buffer).toBe(bytes.buffer);
    const masked = hex('82 83 ff ff ff ff 01 02 03');
    const [frame] = decode(masked, { from: 'client' });
    expect(frame?.wirePayload.buffer).toBe(masked.buffer);
    expect(frame?.payload).toEqual(hex('fe fd fc'));
    expect(masked).toEqual(hex('82 83 ff ff ff ff 01 02 03'));
  });

  it('reads each frame of a long stream that comes in one chunk', () => {
    const frames = decode(
      concat(
        ...Array.from({ length: 1000 }, (_, index) =>
          frameBytes({ payload: hex(`${(index % 256).toString(16).padStart(2, '0')}`) }),
        ),
      ),
    );
    expect(frames).toHaveLength(1000);
    expect(frames[999]?.range).toEqual({ start: 2997, end: 3000 });
  });
});

describe('what a frame breaks', () => {
  it.each<[title: string, bytes: string, broken: string[], from?: 'client' | 'server']>([
    ['RSV1 without an extension (§5.2)', 'c1 00', ['reserved-bits 0-1']],
    ['RSV2 (§5.2)', 'a1 00', ['reserved-bits 0-1']],
    ['RSV3 (§5.2)', '91 00', ['reserved-bits 0-1']],
    ['opcode 0x3 (§5.2)', '83 00', ['reserved-opcode 0-1']],
    ['opcode 0x7 (§5.2)', '87 00', ['reserved-opcode 0-1']],
    ['opcode 0xB (§5.2)', '8b 00', ['reserved-opcode 0-1']],
    ['opcode 0xF (§5.2)', '8f 00', ['reserved-opcode 0-1']],
    ['a client that does not mask (§5.1)', '81 00', ['client-masks 1-2'], 'client'],
    ['a server that masks (§5.1)', '81 80 00 00 00 00', ['server-does-not-mask 1-2']],
    ['5 bytes in a 16-bit length (§5.2)', '82 7e 00 05 00*5', ['minimal-length 2-4']],
    ['125 bytes in a 16-bit length (§5.2)', '82 7e 00 7d 00*125', ['minimal-length 2-4']],
    ['126 bytes in a 64-bit length (§5.2)', '82 7f 00 00 00 00 00 00 00 7e 00*126', ['minimal-length 2-10']],
    [
      '65535 bytes in a 64-bit length (§5.2)',
      '82 7f 00 00 00 00 00 00 ff ff 00*65535',
      ['minimal-length 2-10'],
    ],
    ['a ping without FIN (§5.5)', '09 00', ['control-not-fragmented 0-1']],
    ['a close without FIN (§5.5)', '08 00', ['control-not-fragmented 0-1']],
    ['a ping of 126 bytes (§5.5)', '89 7e 00 7e 00*126', ['control-too-long 2-4']],
    ['a ping of 5 bytes in a 16-bit length (§5.2)', '89 7e 00 05 00*5', ['minimal-length 2-4']],
    ['a continuation of nothing (§5.4)', '80 00', ['lone-continuation 0-1']],
    ['a continuation after a whole message (§5.4)', '81 00 80 00', ['lone-continuation 2-3']],
    ['a text amid the fragments of another (§5.4)', '01 00 81 00', ['interrupted-message 2-3']],
    ['a binary amid the fragments of a text (§5.4)', '01 00 00 00 02 00 80 00', ['interrupted-message 4-5']],
    ['data after a Close frame (§5.5.1)', '88 00 81 00', ['data-after-close 2-4']],
    ['the rest of a message after a Close frame (§5.5.1)', '01 00 88 00 80 00', ['data-after-close 4-6']],
    ['a Close body of one byte (§5.5.1)', '88 01 03', ['close-body 2-3']],
    ['close code 0 (§7.4.2)', '88 02 00 00', ['close-code 2-4']],
    ['close code 999 (§7.4.2)', '88 02 03 e7', ['close-code 2-4']],
    ['close code 1004 (§7.4.1)', '88 02 03 ec', ['close-code 2-4']],
    ['close code 1005 (§7.4.1)', '88 02 03 ed', ['close-code 2-4']],
    ['close code 1006 (§7.4.1)', '88 02 03 ee', ['close-code 2-4']],
    ['close code 1015 (§7.4.1)', '88 02 03 f7', ['close-code 2-4']],
    ['close code 2999 (§7.4.2)', '88 02 0b b7', ['close-code 2-4']],
    ['close code 5000 (§7.4.2)', '88 02 13 88', ['close-code 2-4']],
    ['a reason that is not UTF-8 (§5.5.1)', '88 05 03 e8 41 ff 42', ['close-reason 5-6']],
    ['a reason that ends amid a character (§5.5.1)', '88 04 03 e8 e2 82', ['close-reason 4-6']],
    ['a masked Close code 1005 (§7.4.1)', '88 82 01 02 03 04 02 ef', ['close-code 6-8'], 'client'],
    [
      'several rules at once',
      'f3 80 00 00 00 00',
      ['reserved-bits 0-1', 'reserved-opcode 0-1', 'server-does-not-mask 1-2'],
    ],
  ])('is found: %s', (_, bytes, broken, from = 'server') => {
    expect(brokenBy(bytes, { from })).toEqual(broken);
  });

  it.each<[title: string, bytes: string]>([
    ['control frames between fragments (§5.4)', '01 01 41 89 00 00 01 42 8a 00 80 01 43'],
    ['empty fragments (§5.4)', '01 00 00 00 80 00'],
    ['a ping of 125 bytes (§5.5)', '89 7d 00*125'],
    ['an unsolicited pong (§5.5.3)', '8a 00'],
    ['an empty Close frame (§5.5.1)', '88 00'],
    ['close code 1000 with a reason of 123 bytes (§5.5.1)', '88 7d 03 e8 41*123'],
    ['close codes 3000 and 4999 (§7.4.2)', '88 02 0b b8 88 02 13 87'],
    ['close code 1014 (IANA)', '88 02 03 f6'],
    ['a pong after a Close frame: only data is forbidden (§5.5.1)', '88 00 8a 00'],
    ['a text frame that parts a character: the message is what counts (§5.6)', '01 01 c3 80 01 a9'],
  ])('is nothing: %s', (_, bytes) => {
    expect(brokenBy(bytes)).toEqual([]);
  });

  it('is judged by what was agreed: RSV1 on the first frame of a message, nowhere else (RFC 7692 §6.1)', () => {
    expect(brokenBy('41 00 00 00 80 00 c2 00', { extensions: deflate })).toEqual([]);
    expect(brokenBy('01 00 c0 00', { extensions: deflate })).toEqual(['compressed-bit 2-3']);
    expect(brokenBy('c9 00', { extensions: deflate })).toEqual(['compressed-bit 0-1']);
    expect(brokenBy('e1 00', { extensions: deflate })).toEqual(['reserved-bits 0-1']);
  });

  it('says nothing about reserved bits where an extension that we do not know may use them (§5.2)', () => {
    const { extensions } = parseExtensions(['x-ray']);
    expect(brokenBy('f1 00', { extensions })).toEqual([]);
    expect(brokenBy('83 00', { extensions })).toEqual(['reserved-opcode 0-1']);
  });

  it('carries the close code that it calls for', () => {
    const codes = (bytes: string) =>
      decode(bytes).flatMap(({ violations }) => violations.map(({ rule }) => rule.closeCode));
    expect(codes('83 00')).toEqual([1002]);
    expect(codes('88 03 03 e8 ff')).toEqual([1007]);
  });

  it('does not stop what comes after it from being read', () => {
    expect(decode('ff 00 81 02 68 69').map(describeFrame)).toEqual([
      '0xF [0 bytes, RSV1, RSV2, RSV3] !reserved-bits (RSV1, RSV2, RSV3 set) !reserved-opcode (opcode 0xF)',
      "TEXT 'hi' [2 bytes]",
    ]);
  });
});

describe('a frame under way', () => {
  const feed = (bytes: string, options: Partial<FrameDecoderOptions> = {}) => {
    const decoder = new FrameDecoder({ from: 'client', ...options });
    expect(decoder.push(hex(bytes))).toEqual([]);
    return decoder.pending;
  };

  it('shows what is known of it, byte after byte (§5.2)', () => {
    expect(new FrameDecoder({ from: 'client' }).pending).toBeUndefined();
    const flags = { fin: true, rsv1: false, rsv2: false, rsv3: false, opcode: 2 };
    expect(feed('82')).toMatchObject({ range: { start: 0, end: 1 }, header: flags, missingBytes: 1 });
    expect(feed('82')?.header).toEqual(flags);
    expect(feed('82 fe')?.header).toEqual({ ...flags, masked: true, lengthEncoding: 16 });
    expect(feed('82 fe')?.missingBytes).toBe(6);
    expect(feed('82 fe 01 00')?.header).toMatchObject({ payloadLength: 256 });
    expect(feed('82 fe 01 00')?.header).not.toHaveProperty('maskingKey');
    const withKey = feed('82 fe 01 00 01 02 03 04');
    expect(withKey?.header.maskingKey).toEqual(hex('01 02 03 04'));
    expect(withKey?.missingBytes).toBe(256);
    const begun = feed('82 fe 01 00 01 02 03 04 aa bb');
    expect(begun).toMatchObject({
      range: { start: 0, end: 10 },
      missingBytes: 254,
      wirePayload: hex('aa bb'),
    });
  });

  it('knows a 7-bit length with its second byte', () => {
    expect(feed('81 83')?.header.payloadLength).toBe(3);
  });

  it('is counted from the first byte of the stream', () => {
    const decoder = new FrameDecoder({ from: 'server' });
    decoder.push(hex('81 01 41 89'));
    expect(decoder.offset).toBe(3);
    expect(decoder.pending?.range).toEqual({ start: 3, end: 4 });
  });

  it('is judged by its header before its payload has come: a length with the top bit is never whole (§5.2)', () => {
    const pending = feed('82 ff 80 00 00 00 00 00 00 01 00 00 00 00 41');
    expect(pending?.violations.map(({ rule, at }) => [rule, at])).toEqual([
      [rules.lengthTopBit, { start: 2, end: 3 }],
    ]);
    expect(pending?.header.payloadLength).toBe(2 ** 63);
  });
});

describe('a length that no JavaScript number can hold', () => {
  it.each([
    ['7f ff ff ff ff ff ff ff', []],
    ['7f ff ff ff ff ff fe 00', []],
    ['80 00 00 00 00 00 00 00', ['length-top-bit']],
    ['ff ff ff ff ff ff ff ff', ['length-top-bit']],
  ])('%s breaks the rule of the top bit, or not, in spite of rounding (§5.2)', (length, broken) => {
    const decoder = new FrameDecoder({ from: 'server' });
    decoder.push(hex(`82 7f ${length}`));
    expect(decoder.pending?.violations.map(({ rule }) => rule.id)).toEqual(broken);
  });
});

describe('memory', () => {
  it('is not taken for what a header merely announces', () => {
    const decoder = new FrameDecoder({ from: 'server' });
    const before = process.memoryUsage().arrayBuffers;
    decoder.push(hex('82 7f 00 00 00 ff ff ff ff ff'));
    for (let count = 0; count < 1000; count++) decoder.push(new Uint8Array(16));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('keeps as much of a payload as it may, counts the rest, and finds the next frame', () => {
    const bytes = concat(frameBytes({ payload: hex('41*50') }), hex('81 02 68 69'));
    for (const chunks of [[bytes], byteByByte(bytes), cutAt(bytes, [30, 45])]) {
      const decoder = new FrameDecoder({ from: 'server', maxPayloadBytes: 40 });
      const [long, next] = chunks.flatMap((chunk) => decoder.push(chunk));
      expect(long).toMatchObject({ payloadLength: 50, droppedBytes: 10, violations: [] });
      expect(long?.payload).toEqual(hex('41*40'));
      expect(next).toMatchObject({ droppedBytes: 0, payload: hex('68 69') });
    }
  });
});

describe('any chunking', () => {
  it('gives the same frames, of legal streams and of broken ones', () => {
    fc.assert(
      fc.property(streamsOfFrames, cuts(400), fc.constantFrom('client', 'server'), (bytes, places, from) => {
        const read = (chunks: readonly Uint8Array[]) => {
          const decoder = new FrameDecoder({ from, extensions: deflate, maxPayloadBytes: 100 });
          const frames = chunks.flatMap((chunk) => decoder.push(chunk));
          return { frames: frames.map(facts), offset: decoder.offset, pending: decoder.pending };
        };
        const whole = read([bytes]);
        expect(read(cutAt(bytes, places))).toEqual(whole);
        expect(read(byteByByte(bytes))).toEqual(whole);
      }),
    );
  });

  it('accounts for every byte: frames follow one another, and their fields fill them', () => {
    fc.assert(
      fc.property(fc.oneof(streamsOfFrames, fc.uint8Array({ maxLength: 300 })), (bytes) => {
        const decoder = new FrameDecoder({ from: 'client' });
        let end = 0;
        for (const { range, fields } of decoder.push(bytes)) {
          expect(range.start).toBe(end);
          const parts = [
            fields.flags,
            fields.length,
            fields.extendedLength,
            fields.maskingKey,
            fields.payload,
          ];
          let at = range.start;
          for (const part of parts) {
            if (!part) continue;
            expect(part.start).toBe(at);
            at = part.end;
          }
          expect(at).toBe(range.end);
          end = range.end;
        }
        expect(decoder.pending?.range.end ?? end).toBe(bytes.length);
      }),
    );
  });
});
