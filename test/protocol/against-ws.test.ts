import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Side } from '../../src/protocol/side.ts';
import { cutAt, cuts } from './chunking.ts';
import { expectOfWs } from './expect-of-ws.ts';
import { frameBytes, streamsOfFrames } from './frame-bytes.ts';
import { concat } from './hex.ts';
import { readWithWs } from './ws-internals.ts';

describe('FrameDecoder and MessageAssembler, beside ws’s Receiver', () => {
  it('deliver the same messages and fail over the same frames, but for the rules that ws does not hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        streamsOfFrames,
        cuts(400),
        fc.constantFrom<Side>('client', 'server'),
        async (bytes, places, from) => {
          const expected = expectOfWs(bytes, from);
          const theirs = await readWithWs(cutAt(bytes, places), from);
          expect(theirs.events).toEqual(expected.events);
          // Of a header that is cut short ws judges the first two bytes, we wait for the rest.
          if (expected.isHeaderCut && expected.failures.length === 0) return;
          if (expected.failures.length === 0) expect(theirs.failed).toBeUndefined();
          else expect(expected.failures).toContain(theirs.failed);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('agree about legal traffic: messages in fragments, control frames between them, masked or not', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((value) => new TextEncoder().encode(value));
    const message = fc.record({
      isText: fc.boolean(),
      payload: text,
      cut: fc.nat(40),
      ping: fc.option(fc.uint8Array({ maxLength: 20 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(message, { maxLength: 5 }),
        fc.option(fc.uint8Array({ minLength: 4, maxLength: 4 }), { nil: undefined }),
        cuts(300),
        async (messages, maskingKey, places) => {
          const frames = messages.flatMap(({ isText, payload, cut, ping }) => [
            frameBytes({ flags: isText ? 0x01 : 0x02, payload: payload.slice(0, cut), maskingKey }),
            ...(ping ? [frameBytes({ flags: 0x89, payload: ping, maskingKey })] : []),
            frameBytes({ flags: 0x80, payload: payload.slice(cut), maskingKey }),
          ]);
          const bytes = concat(...frames);
          const from = maskingKey ? 'client' : 'server';
          const expected = expectOfWs(bytes, from);
          expect(expected.failures).toEqual([]);
          expect(expected.events.filter((event) => !event.startsWith('p'))).toHaveLength(messages.length);
          expect(await readWithWs(cutAt(bytes, places), from)).toEqual({
            events: expected.events,
            failed: undefined,
          });
        },
      ),
      { numRuns: 300 },
    );
  });
});
