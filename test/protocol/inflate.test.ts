import { constants, deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflate, type InflateOptions } from '../../src/protocol/inflate.ts';
import { hex, toHex } from './hex.ts';

const run = (data: Uint8Array, options: Partial<InflateOptions> = {}) =>
  inflate(data, { dictionary: new Uint8Array(0), windowBytes: 32_768, maxBytes: 10_000_000, ...options });

/** Data that compresses well, badly, or not at all. */
const someBytes = fc.oneof(
  fc.uint8Array({ maxLength: 2000 }),
  fc
    .array(fc.constantFrom('{"id":', '12', ',"value":', '"a"', '}', 'öü'), { maxLength: 400 })
    .map((parts) => new TextEncoder().encode(parts.join(''))),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.nat(30_000))
    .map(([unit, times]) => Uint8Array.from({ length: times }, (_, index) => unit[index % unit.length] ?? 0)),
);
const { Z_SYNC_FLUSH, Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;
const zlibOptions = fc.record({
  level: fc.integer({ min: 0, max: 9 }),
  strategy: fc.constantFrom(Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED),
  memLevel: fc.integer({ min: 1, max: 9 }),
  windowBits: fc.integer({ min: 9, max: 15 }),
});

describe('inflate', () => {
  it('gives back what zlib has deflated, at every level, strategy and window', () => {
    fc.assert(
      fc.property(someBytes, zlibOptions, (bytes, options) => {
        const data = deflateRawSync(bytes, { ...options, finishFlush: Z_SYNC_FLUSH });
        const inflated = run(data, { windowBytes: 2 ** options.windowBits });
        expect(inflated.outcome).toBe('whole');
        expect(Buffer.compare(inflated.bytes, bytes)).toBe(0);
      }),
      { numRuns: 400 },
    );
  });

  it('reads codes of every length up to 15 bits (RFC 1951 §3.2.7)', () => {
    // Frequencies like Fibonacci's numbers make the longest codes that there can be.
    const symbols: number[] = [];
    for (let symbol = 0, count = 1, next = 1; symbol < 20; symbol++) {
      for (let times = 0; times < count; times++) symbols.push(symbol * 7);
      [count, next] = [next, count + next];
    }
    const shuffled = Uint8Array.from(
      { length: symbols.length },
      (_, index) => symbols[(index * 7919) % symbols.length] ?? 0,
    );
    const data = deflateRawSync(shuffled, {
      strategy: Z_HUFFMAN_ONLY,
      memLevel: 9,
      finishFlush: Z_SYNC_FLUSH,
    });
    const inflated = run(data);
    expect(inflated.outcome).toBe('whole');
    expect(Buffer.compare(inflated.bytes, shuffled)).toBe(0);
  });

  it('goes on behind a final block, which ends at the end of its byte', () => {
    fc.assert(
      fc.property(someBytes, someBytes, (one, other) => {
        const data = Buffer.concat([deflateRawSync(one), deflateRawSync(other)]);
        expect(Buffer.compare(run(data).bytes, Buffer.concat([one, other]))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });

  it('refers back into what came before, as far as the window reaches', () => {
    fc.assert(
      fc.property(someBytes, fc.integer({ min: 9, max: 15 }), (bytes, windowBits) => {
        const dictionary = Buffer.from('the quick brown fox '.repeat(60));
        const options = { windowBits, dictionary, finishFlush: Z_SYNC_FLUSH };
        const payload = Buffer.concat([Buffer.from('the quick brown fox jumps'), bytes]);
        const data = deflateRawSync(payload, options);
        const inflated = run(data, { dictionary, windowBytes: 2 ** windowBits });
        expect(Buffer.compare(inflated.bytes, payload)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });

  it('does not refer back further than was agreed, though the bytes would be there (RFC 7692 §7.1.2)', () => {
    const far = Buffer.concat([
      Buffer.from('0123456789abcdef'),
      Buffer.alloc(1000, 'x'),
      Buffer.from('0123456789abcdef'),
    ]);
    const data = deflateRawSync(far, { finishFlush: Z_SYNC_FLUSH });
    expect(run(data, { windowBytes: 1024 }).outcome).toBe('whole');
    expect(run(data, { windowBytes: 512 })).toMatchObject({
      outcome: 'broken',
      found: 'a reference beyond the agreed window',
    });
  });

  it('stops at its bound, within one call, with what fits', () => {
    const bomb = deflateRawSync(Buffer.alloc(50_000_000), { finishFlush: Z_SYNC_FLUSH });
    expect(bomb.length).toBeLessThan(60_000);
    const before = process.memoryUsage().arrayBuffers;
    const inflated = run(bomb, { maxBytes: 100_000 });
    expect(inflated.outcome).toBe('cut short');
    expect(inflated.bytes.length).toBeGreaterThan(100_000 - 258);
    expect(inflated.bytes.length).toBeLessThanOrEqual(100_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(5_000_000);
    const stored = deflateRawSync(Buffer.alloc(5000, 1), { level: 0, finishFlush: Z_SYNC_FLUSH });
    expect(run(stored, { maxBytes: 100 })).toMatchObject({ outcome: 'cut short', bytes: hex('01*100') });
  });

  it('is not cut short by a bound that is just met', () => {
    const data = deflateRawSync(Buffer.alloc(1000, 7), { finishFlush: Z_SYNC_FLUSH });
    expect(run(data, { maxBytes: 1000 }).outcome).toBe('whole');
    expect(run(data, { maxBytes: 999 }).outcome).toBe('cut short');
  });

  it.each([
    ['06', 'a block of the reserved type 3', 0],
    ['00 05 00 fa fe', 'a stored block whose two lengths differ', 5],
    ['00 05 00 fa ff 48', 'data that ends amid a block', 6],
    ['00', 'data that ends amid a block', 1],
    ['f2', 'data that ends amid a block', 1],
    ['02 02 00', 'a reference to before the beginning', undefined],
  ])('says of %s that it is %s', (data, found, brokenAt) => {
    expect(run(hex(data))).toMatchObject({
      outcome: 'broken',
      found,
      ...(brokenAt === undefined ? {} : { brokenAt }),
    });
  });

  it('takes nothing for nothing', () => {
    expect(run(new Uint8Array(0))).toEqual({ outcome: 'whole', bytes: new Uint8Array(0) });
  });

  it('says of any bytes whether they are DEFLATE data, without an exception, and the same for the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const first = run(bytes, { maxBytes: 100_000 });
        expect(run(bytes, { maxBytes: 100_000 })).toEqual(first);
        if (first.brokenAt !== undefined) expect(first.brokenAt).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('breaks where zlib breaks, of damaged data', async () => {
    const { inflateRawSync } = await import('node:zlib');
    const damaged = fc
      .tuple(someBytes, fc.nat(), fc.integer({ min: 0, max: 7 }))
      .map(([bytes, place, bit]) => {
        const data = deflateRawSync(bytes, { finishFlush: Z_SYNC_FLUSH });
        const at = place % data.length;
        data[at] = (data[at] ?? 0) ^ (1 << bit);
        return data;
      });
    fc.assert(
      fc.property(damaged, (data) => {
        const ours = run(data);
        let theirs: Buffer;
        try {
          theirs = inflateRawSync(data, { finishFlush: Z_SYNC_FLUSH });
        } catch {
          expect(ours.outcome, toHex(data)).toBe('broken');
          return;
        }
        // zlib waits for more where data ends amid a block; here the data is all there is.
        if (ours.outcome === 'whole') expect(Buffer.compare(ours.bytes, theirs)).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
