import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { describeFrame } from '../../src/protocol/describe-frame.ts';
import { parseExtensions } from '../../src/protocol/extension.ts';
import { MessageAssembler } from '../../src/protocol/message-assembler.ts';
import { damagedStream, seeded } from './damaged-streams.ts';
import { frameBytes } from './frame-bytes.ts';
import { concat, hex } from './hex.ts';

const streams = 100_000;
const deflate = parseExtensions(['permessage-deflate']).extensions;

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
      count += readAll(damagedStream(next), new FrameDecoder(options), new MessageAssembler(options), next);
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
        const bytes = concat(damagedStream(next), frameBytes({ payload: hex('41') }));
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
