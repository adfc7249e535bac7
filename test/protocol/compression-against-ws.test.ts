import { constants, createDeflateRaw, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { readDeflateAnswer } from '../../src/protocol/permessage-deflate.ts';
import { rules } from '../../src/protocol/rules.ts';
import { cutAt, cuts } from './chunking.ts';
import { expectOfWs } from './expect-of-ws.ts';
import { frameBytes, streamsOfFrames } from './frame-bytes.ts';
import { concat, hex } from './hex.ts';
import { readWithWs, WsDeflate, type WsReading } from './ws-internals.ts';

const { Z_SYNC_FLUSH } = constants;
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const extensionsOf = (answer: string) => parseExtensions([`permessage-deflate${answer}`]).extensions;

const agreements: InstanceType<typeof WsDeflate>[] = [];
afterAll(() => {
  for (const agreement of agreements) agreement.cleanup();
});

/** Reads a server's bytes with ws, after the server's answer to the offer of compression. */
async function readCompressed(chunks: readonly Uint8Array[], answer = ''): Promise<WsReading> {
  const [extension] = extensionsOf(answer);
  const agreement = new WsDeflate();
  agreements.push(agreement);
  const parameters = (extension?.parameters ?? []).map(({ name, value }) => [name, [value ?? true]]);
  agreement.accept([Object.fromEntries(parameters) as Record<string, unknown>]);
  return await readWithWs(chunks, 'server', { 'permessage-deflate': agreement });
}

/** What of a server's bytes is broken by our reading. */
function brokenBy(bytes: Uint8Array, answer = ''): string[] {
  const options = { from: 'server', extensions: extensionsOf(answer) } as const;
  const assembler = new MessageAssembler(options);
  return new FrameDecoder(options)
    .push(bytes)
    .flatMap((frame) => [
      ...frame.violations,
      ...assembler.push(frame).flatMap(({ violations }) => violations),
    ])
    .map(({ rule, found }) => `${rule.id}: ${found}`);
}

/** Compresses messages one after the other with a window, and its context from one to the next. */
async function compress(messages: readonly Uint8Array[], windowBits: number): Promise<Buffer[]> {
  const stream = createDeflateRaw({ windowBits });
  const compressed: Buffer[] = [];
  for (const message of messages) {
    const parts: Buffer[] = [];
    const collect = (part: Buffer): number => parts.push(part);
    stream.on('data', collect);
    stream.write(message);
    await new Promise<void>((resolve) => {
      stream.flush(Z_SYNC_FLUSH, resolve);
    });
    stream.off('data', collect);
    compressed.push(Buffer.concat(parts).subarray(0, -4));
  }
  stream.close();
  return compressed;
}

describe('permessage-deflate, beside ws’s Receiver', () => {
  it('is read the same of legal traffic: windows, contexts, fragments, plain messages between, any chunking', async () => {
    const message = fc.record({
      body: fc.oneof(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 900 }).map((count) => '{"type":"tick"}'.repeat(count)),
      ),
      isPlain: fc.boolean(),
      cut: fc.nat(40),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 9, max: 15 }),
        cuts(400),
        async (messages, bits, places) => {
          const squeezed = await compress(
            messages.filter(({ isPlain }) => !isPlain).map(({ body }) => text(body)),
            bits,
          );
          const frames = messages.flatMap(({ body, isPlain, cut }) => {
            const payload = isPlain ? text(body) : (squeezed.shift() ?? Buffer.alloc(0));
            return [
              encodeFrame({ opcode: 1, rsv1: !isPlain, fin: false, payload: payload.subarray(0, cut) }),
              frameBytes({ flags: 0x89 }),
              encodeFrame({ opcode: 0, payload: payload.subarray(cut) }),
            ];
          });
          const bytes = concat(...frames);
          const answer = `; server_max_window_bits=${String(bits)}`;
          const expected = expectOfWs(bytes, 'server', extensionsOf(answer));
          expect(expected).toMatchObject({ failures: [], isHeaderCut: false });
          expect(expected.events.filter((event) => event.startsWith('text'))).toEqual(
            messages.map(({ body }) => `text ${Buffer.from(body).toString('hex')}`),
          );
          expect(await readCompressed(cutAt(bytes, places), answer)).toEqual({
            events: expected.events,
            failed: undefined,
          });
        },
      ),
      { numRuns: 60 },
    );
  });

  it('fails over the same frames, but for what ws takes as compressed data', async () => {
    await fc.assert(
      fc.asyncProperty(streamsOfFrames, async (bytes) => {
        const expected = expectOfWs(bytes, 'server', extensionsOf(''));
        const theirs = await readCompressed([bytes]);
        if (theirs.failed === 'Z_DATA_ERROR' && !expected.failures.includes('Z_DATA_ERROR')) {
          // ws inflates each fragment as it comes, we the message once it is whole.
          const frames = new FrameDecoder({ from: 'server' }).push(bytes);
          expect(frames.some(({ rsv1, fin }) => rsv1 && !fin)).toBe(true);
          expect(expected.events.slice(0, theirs.events.length)).toEqual(theirs.events);
          return;
        }
        expect(theirs.events.slice(0, expected.events.length)).toEqual(expected.events);
        if (expected.isAstray || (expected.isHeaderCut && expected.failures.length === 0)) return;
        expect(theirs.events).toEqual(expected.events);
        if (expected.failures.length === 0) expect(theirs.failed).toBeUndefined();
        else expect(expected.failures).toContain(theirs.failed);
      }),
      { numRuns: 2000 },
    );
  });
});

/** Compressed data that breaks a rule and that ws takes nevertheless, with what it makes of it. */
const lax: {
  section: string;
  title: string;
  payload: Uint8Array;
  answer: string;
  found: string;
  ws: string;
}[] = [
  {
    section: 'RFC 7692 §7.2.2',
    title: 'a message whose data ends amid a block is delivered as far as it goes',
    // A stored block of 10 bytes, of which 3 are there; what was taken off the end is read as 4 more.
    payload: hex('00 0a 00 f5 ff 41 42 43'),
    answer: '',
    found: 'data that ends amid a block',
    ws: '4142430000ffff',
  },
  {
    section: 'RFC 7692 §7.1.2',
    title: 'a reference beyond the agreed window, within one message, is followed',
    payload: deflateRawSync(concat(text('0123456789abcdef'), hex('78*1000'), text('0123456789abcdef')), {
      finishFlush: Z_SYNC_FLUSH,
    }).subarray(0, -4),
    answer: '; server_max_window_bits=9',
    found: 'a reference beyond the agreed window',
    ws: `${Buffer.from('0123456789abcdef').toString('hex')}${'78'.repeat(1000)}${Buffer.from('0123456789abcdef').toString('hex')}`,
  },
];

describe('ws as a reader of compressed data', () => {
  it.each(lax)('lets pass what $section forbids: $title', async ({ payload, answer, found, ws }) => {
    const bytes = encodeFrame({ opcode: 2, rsv1: true, payload });
    expect(brokenBy(bytes, answer)).toEqual([`${rules.compressedData.id}: ${found}`]);
    expect(await readCompressed([bytes], answer)).toEqual({ events: [`binary ${ws}`], failed: undefined });
  });

  it('drops what stands behind a final block, where RFC 7692 §7.2.3.4 lets a message go on', async () => {
    // A message ends with the beginning of an empty stored block, the rest of which was taken off.
    const payload = concat(deflateRawSync(text('one')), deflateRawSync(text('two')), hex('00'));
    const bytes = encodeFrame({ opcode: 1, rsv1: true, payload });
    expect(brokenBy(bytes)).toEqual([]);
    const expected = expectOfWs(bytes, 'server', extensionsOf(''));
    expect(expected.events).toEqual([`text ${Buffer.from('onetwo').toString('hex')}`]);
    expect(await readCompressed([bytes])).toEqual({
      events: [`text ${Buffer.from('one').toString('hex')}`],
      failed: undefined,
    });
  });
});

describe('ws as a reader of the answer', () => {
  it.each(['09', '0x9', '1e1', '10.0', '+10'])(
    'takes server_max_window_bits=%s for a number, where RFC 7692 §7.1.2.1 wants 8 to 15 without leading zeros',
    (value) => {
      const name = 'server_max_window_bits';
      const parameters = [{ name, value }];
      expect(readDeflateAnswer({ name: 'permessage-deflate', parameters })).toEqual({
        ok: false,
        found: `${name}=${value}`,
      });
      const accepted = new WsDeflate().accept([{ [name]: [value] }]);
      expect(accepted[name]).toBe(Number(value));
    },
  );
});
