import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { describeFrame } from '../../src/protocol/describe-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { frameBytes } from './frame-bytes.ts';
import { concat, hex } from './hex.ts';

const streams = 100_000;
const deflate = parseExtensions(['permessage-deflate']).extensions;

/** Numbers from 0 up to a bound, the same ones at each run (mulberry32). */
function seeded(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
}

/** Ordinary traffic, to be damaged. */
const traffic = concat(
  frameBytes({ payload: hex('48 65 6c 6c 6f') }),
  frameBytes({ flags: 0x01, payload: hex('e2 82') }),
  frameBytes({ flags: 0x89, payload: hex('70') }),
  frameBytes({ flags: 0x80, payload: hex('ac') }),
  hex('c1 07 f2 48 cd c9 c9 07 00 c1 05 f2 00 11 00 00'),
  frameBytes({ flags: 0x82, payload: hex('00*130') }),
  frameBytes({ flags: 0x88, payload: hex('03 e8 62 79 65') }),
);

/** Random bytes, or traffic with bytes changed, cut out or put in. */
function anyStream(next: (bound: number) => number): Uint8Array {
  if (next(4) === 0) return Uint8Array.from({ length: next(80) }, () => next(256));
  const bytes = [...traffic.subarray(next(40))];
  for (let changes = 1 + next(4); changes > 0; changes--) {
    const at = next(bytes.length);
    const kind = next(3);
    if (kind === 0) bytes[at] = next(256);
    else if (kind === 1) bytes.splice(at, 1 + next(6));
    else bytes.splice(at, 0, next(256), next(256));
  }
  return Uint8Array.from(bytes);
}

/** Puts a stream through decoder and assembler in a few chunks. Answers how many frames and messages came of it. */
function readAll(
  stream: Uint8Array,
  decoder: FrameDecoder,
  assembler: MessageAssembler,
  next: (bound: number) => number,
): number {
  let count = 0;
  for (let at = 0; at < stream.length;) {
    const end = at + 1 + next(stream.length);
    for (const frame of decoder.push(stream.slice(at, end))) {
      count += 1 + assembler.push(frame).length;
      if (describeFrame(frame) === '') throw new Error('a frame without a line');
    }
    if (decoder.pending && decoder.pending.range.start > decoder.pending.range.end)
      throw new Error('a place before itself');
    at = end;
  }
  return count;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory in use after everything that can go is gone, in bytes. */
function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

describe('100,000 random and damaged streams', { timeout: 120_000 }, () => {
  it('bring no exception, each through a decoder of its own', () => {
    const next = seeded(20_110_612);
    let count = 0;
    for (let stream = 0; stream < streams; stream++) {
      const options = { from: next(2) === 0 ? 'client' : 'server', extensions: deflate } as const;
      count += readAll(anyStream(next), new FrameDecoder(options), new MessageAssembler(options), next);
    }
    // They are no mere noise: most of them hold frames.
    expect(count).toBeGreaterThan(2 * streams);
  });

  it('leave no memory behind in the decoder and the assembler that take them', () => {
    const next = seeded(6455);
    const options = { from: 'server', extensions: deflate, maxPayloadBytes: 65_536 } as const;
    let decoder = new FrameDecoder(options);
    const assembler = new MessageAssembler({ ...options, maxMessageBytes: 65_536 });
    const run = (times: number): number => {
      let count = 0;
      for (let stream = 0; stream < times; stream++) {
        // A whole text ends what the last stream left open: a message may have as many fragments as come.
        const bytes = concat(anyStream(next), frameBytes({ payload: hex('41') }));
        count += readAll(bytes, decoder, assembler, next);
        // A length that will never come would swallow all the rest, and nothing were tested any more.
        if ((decoder.pending?.missingBytes ?? 0) > 1_000_000) decoder = new FrameDecoder(options);
      }
      return count;
    };
    run(1000);
    const before = memoryInUse();
    expect(run(streams)).toBeGreaterThan(2 * streams);
    expect(memoryInUse() - before).toBeLessThan(2_000_000);
  });
});
