import { constants, createDeflateRaw } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import { MessageAssembler, type MessageAssemblerOptions } from '../../src/protocol/message-assembler.ts';
import type { Message } from '../../src/protocol/message.ts';
import { rules } from '../../src/protocol/rules.ts';
import { frameVectors } from '../vectors/read-vectors.ts';
import { concat, hex } from './hex.ts';

interface Options extends Partial<MessageAssemblerOptions> {
  maxPayloadBytes?: number;
}

/** Decodes and assembles the bytes of one side. */
function assemble(bytes: Uint8Array, options: Options = {}): Message[] {
  const decoder = new FrameDecoder({ from: 'server', ...options });
  const assembler = new MessageAssembler({ from: 'server', ...options });
  return decoder.push(bytes).flatMap((frame) => assembler.push(frame));
}
const texts = (messages: readonly Message[]) => messages.map(({ text }) => text);
const brokenIn = (messages: readonly Message[]) =>
  messages.flatMap(({ violations }) =>
    violations.map(({ rule, at, found }) => [rule.id, at.start, at.end, found]),
  );
const extensions = (value: string) => parseExtensions([value]).extensions;
const deflate = extensions('permessage-deflate');

/** Compresses messages one after the other with zlib, as an endpoint does (RFC 7692 §7.2.1). */
async function compress(messages: readonly Uint8Array[], windowBits = 15): Promise<Uint8Array[]> {
  const stream = createDeflateRaw({ windowBits, flush: constants.Z_SYNC_FLUSH });
  const compressed: Uint8Array[] = [];
  for (const message of messages) {
    if (message.length === 0) {
      // §7.2.3.6: zlib flushes nothing for nothing; an empty message is one byte.
      compressed.push(Uint8Array.of(0));
      continue;
    }
    const parts: Buffer[] = [];
    const collect = (part: Buffer): void => {
      parts.push(part);
    };
    stream.on('data', collect);
    stream.write(message);
    await new Promise<void>((resolve) => {
      stream.flush(constants.Z_SYNC_FLUSH, resolve);
    });
    stream.off('data', collect);
    const whole = Buffer.concat(parts);
    compressed.push(whole.subarray(0, whole.length - 4));
  }
  stream.close();
  return compressed;
}

const compressedFrames = (payloads: readonly Uint8Array[]): Uint8Array =>
  concat(...payloads.map((payload) => encodeFrame({ opcode: 1, rsv1: true, payload })));

describe('MessageAssembler', () => {
  it.each(frameVectors().filter(({ messages }) => messages))('assembles $title ($section)', (vector) => {
    const agreed = vector.extensions === undefined ? [] : extensions(vector.extensions);
    const messages = assemble(vector.bytes, { from: vector.from, extensions: agreed });
    expect(texts(messages)).toEqual(vector.messages);
    expect(brokenIn(messages)).toEqual([]);
  });

  it('joins fragments over the control frames between them (RFC 6455 §5.4)', () => {
    const [message, ...more] = assemble(hex('01 02 48 65 89 00 00 01 6c 8a 00 80 02 6c 6f 88 00'));
    expect(message).toMatchObject({
      kind: 'text',
      text: 'Hello',
      range: { start: 0, end: 15 },
      wireLength: 5,
      isCompressed: false,
      missing: undefined,
    });
    expect(message?.fragments.map(({ opcode }) => opcode)).toEqual([1, 0, 0]);
    expect(more).toEqual([]);
  });

  it('gives a binary message as bytes and no text', () => {
    const [message] = assemble(hex('02 01 ff 80 01 fe'));
    expect(message).toMatchObject({ kind: 'binary', text: undefined, payload: hex('ff fe'), violations: [] });
  });

  it('holds the fragments of a message that is not finished', () => {
    const assembler = new MessageAssembler({ from: 'server' });
    for (const frame of new FrameDecoder({ from: 'server' }).push(hex('01 01 41 00 01 42')))
      assembler.push(frame);
    expect(assembler.fragments).toHaveLength(2);
  });

  it('gives what came of a message that another one interrupts, and then the other (§5.4)', () => {
    const messages = assemble(hex('01 01 41 81 01 42 80 01 43'));
    expect(messages.map(({ text, missing }) => [text, missing])).toEqual([
      ['A', 'unfinished'],
      ['B', undefined],
    ]);
  });

  it('does not make a message of a reserved opcode', () => {
    expect(assemble(hex('83 01 41 03 00 81 01 42')).map(({ text }) => text)).toEqual(['B']);
  });
});

describe('text', () => {
  it('may part a character between fragments, down to single bytes (§5.6)', () => {
    const bytes = new TextEncoder().encode('€😀é');
    const frames = Array.from(bytes, (byte, index) =>
      encodeFrame({
        opcode: index === 0 ? 1 : 0,
        fin: index === bytes.length - 1,
        payload: Uint8Array.of(byte),
      }),
    );
    const messages = assemble(concat(...frames));
    expect(texts(messages)).toEqual(['€😀é']);
    expect(brokenIn(messages)).toEqual([]);
  });

  it.each<[title: string, bytes: string, broken: unknown[]]>([
    ['a byte that no character has', '81 03 41 ff 42', ['text-utf8', 3, 4, 'ff is not UTF-8']],
    ['a surrogate', '81 04 41 ed a0 80', ['text-utf8', 3, 5, 'ed a0 is not UTF-8']],
    ['a bad byte in the second fragment', '01 01 41 80 02 42 ff', ['text-utf8', 6, 7, 'ff is not UTF-8']],
    [
      'a character begun in one fragment and broken in the next',
      '01 01 e2 80 02 82 41',
      ['text-utf8', 5, 7, 'e2 82 41 is not UTF-8'],
    ],
    [
      'an end amid a character',
      '81 03 41 e2 82',
      ['text-utf8', 3, 5, 'e2 82 and then the end: a character that is not finished'],
    ],
    [
      'an end amid a character, fragments before',
      '01 01 e2 80 00',
      ['text-utf8', 2, 3, 'e2 and then the end: a character that is not finished'],
    ],
  ])('breaks a rule by %s (§8.1)', (_, bytes, broken) => {
    expect(brokenIn(assemble(hex(bytes)))).toEqual([broken]);
  });

  it('shows what is not UTF-8 as U+FFFD', () => {
    expect(texts(assemble(hex('81 03 41 ff 42')))).toEqual(['A\ufffdB']);
  });

  it('is judged after unmasking', () => {
    const bytes = encodeFrame({ opcode: 1, payload: hex('41 ff'), maskingKey: hex('01 02 03 04') });
    expect(brokenIn(assemble(bytes, { from: 'client' }))).toEqual([['text-utf8', 7, 8, 'ff is not UTF-8']]);
  });

  it('is not judged by an end that was not kept, nor by one that did not come', () => {
    const bytes = encodeFrame({ opcode: 1, payload: new TextEncoder().encode('ab€') });
    expect(brokenIn(assemble(bytes, { maxPayloadBytes: 3 }))).toEqual([]);
    expect(brokenIn(assemble(hex('01 01 e2 81 00')))).toEqual([]);
  });
});

describe('bounds', () => {
  it('keep as much of a message as they let, and say so, breaking no rule', () => {
    const [message] = assemble(hex('01 03 61 62 63 80 03 64 65 66'), { maxMessageBytes: 4 });
    expect(message).toMatchObject({ text: 'abcd', wireLength: 6, missing: 'bound', violations: [] });
  });

  it('say so too where the decoder has dropped something already', () => {
    const [message] = assemble(hex('82 04 01 02 03 04'), { maxPayloadBytes: 2 });
    expect(message).toMatchObject({ payload: hex('01 02'), missing: 'bound' });
  });

  it('hold for what a compressed message inflates to; the next one has lost its context', async () => {
    const payloads = await compress([new Uint8Array(1_000_000), hex('41 42')]);
    const messages = assemble(compressedFrames(payloads), { extensions: deflate, maxMessageBytes: 1000 });
    expect(messages.map(({ missing }) => missing)).toEqual(['bound', 'not inflated']);
    expect(messages[0]?.payload.length).toBeLessThanOrEqual(1000);
    expect(brokenIn(messages)).toEqual([]);
  });
});

describe('compressed messages', () => {
  const someTexts = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.constant('{"type":"message","body":"hello"}'),
      fc.integer({ min: 0, max: 3000 }).map((count) => 'abc'.repeat(count)),
    ),
    { minLength: 1, maxLength: 6 },
  );

  it('come back as they were, with the context taken over, in any window and any fragments (RFC 7692 §7.2)', async () => {
    await fc.assert(
      fc.asyncProperty(
        someTexts,
        fc.integer({ min: 9, max: 15 }),
        fc.nat(50),
        async (sent, windowBits, cut) => {
          const payloads = await compress(
            sent.map((text) => new TextEncoder().encode(text)),
            windowBits,
          );
          const frames = payloads.flatMap((payload) => {
            const at = Math.min(cut, payload.length);
            return [
              encodeFrame({ opcode: 1, rsv1: true, fin: false, payload: payload.subarray(0, at) }),
              encodeFrame({ opcode: 0, payload: payload.subarray(at) }),
            ];
          });
          const agreed = extensions(`permessage-deflate; server_max_window_bits=${String(windowBits)}`);
          const messages = assemble(concat(...frames), { extensions: agreed });
          expect(texts(messages)).toEqual(sent);
          expect(messages.every(({ isCompressed, missing }) => isCompressed && missing === undefined)).toBe(
            true,
          );
          expect(brokenIn(messages)).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('may stand between uncompressed ones, which leave the context alone (§6)', async () => {
    const [first, second] = await compress([hex('61*50'), hex('61*50')]);
    if (!first || !second) throw new Error('two messages were compressed');
    const bytes = concat(compressedFrames([first]), hex('81 01 62'), compressedFrames([second]));
    expect(texts(assemble(bytes, { extensions: deflate }))).toEqual(['a'.repeat(50), 'b', 'a'.repeat(50)]);
  });

  it('do not refer back where no context is taken over (§7.1.1)', async () => {
    const payloads = await compress([hex('61*50'), hex('61*50')]);
    const agreed = extensions('permessage-deflate; server_no_context_takeover');
    const messages = assemble(compressedFrames(payloads), { extensions: agreed });
    expect(messages.map(({ missing }) => missing)).toEqual([undefined, 'not inflated']);
    expect(brokenIn(messages).map(([rule]) => rule)).toEqual([rules.compressedData.id]);
  });

  it('of the client have a window of their own (§7.1.2.2)', async () => {
    const payloads = await compress([concat(hex('41 42 43 44'), new Uint8Array(800), hex('41 42 43 44'))]);
    const agreed = extensions('permessage-deflate; client_max_window_bits=9');
    const frames = concat(
      ...payloads.map((payload) =>
        encodeFrame({ opcode: 2, rsv1: true, payload, maskingKey: hex('01 02 03 04') }),
      ),
    );
    const broken = brokenIn(assemble(frames, { from: 'client', extensions: agreed }));
    expect(broken).toEqual([
      ['compressed-data', expect.any(Number), expect.any(Number), 'a reference beyond the agreed window'],
    ]);
  });

  it('break a rule where they are no DEFLATE data, at the byte that shows it; later ones cannot be read', () => {
    // A stored block of one byte, then a block of the reserved type.
    const messages = assemble(hex('c1 07 00 01 00 fe ff 41 06 c1 01 00'), { extensions: deflate });
    expect(messages.map(({ missing }) => missing)).toEqual(['not inflated', 'not inflated']);
    expect(brokenIn(messages)).toEqual([['compressed-data', 8, 9, 'a block of the reserved type 3']]);
    expect(messages[0]?.payload).toEqual(hex('41'));
  });

  it('that break only with the end that was taken off are told by their last byte, or by none', () => {
    expect(brokenIn(assemble(hex('c1 01 f2'), { extensions: deflate }))).toEqual([
      ['compressed-data', 2, 3, expect.any(String)],
    ]);
    expect(brokenIn(assemble(hex('c1 00'), { extensions: deflate }))).toEqual([
      ['compressed-data', 2, 2, expect.any(String)],
    ]);
  });

  it('are judged as UTF-8 after inflating; the blame is on the whole payload', async () => {
    const [payload] = await compress([hex('41 ff')]);
    if (!payload) throw new Error('a message was compressed');
    const bytes = compressedFrames([payload]);
    const broken = brokenIn(assemble(bytes, { extensions: deflate }));
    expect(broken).toEqual([['text-utf8', 2, bytes.length, 'ff is not UTF-8']]);
  });

  it('stay as they came where no compression was agreed on: RSV1 is the frame’s fault (RFC 6455 §5.2)', () => {
    const [message] = assemble(hex('c1 02 68 69'));
    expect(message).toMatchObject({ isCompressed: false, text: 'hi', missing: undefined });
  });
});
