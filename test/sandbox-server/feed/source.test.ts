import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gapBefore, payloadOf } from '../../../sandbox-server/feed/source.ts';
import { defaultFeedSettings, feedRanges, type FeedSettings } from '../../../src/contract/feed.ts';

const anySettings = fc.record<FeedSettings>({
  messagesPerSecond: fc.double({ ...feedRanges.messagesPerSecond, noNaN: true }),
  burstiness: fc.double({ ...feedRanges.burstiness, noNaN: true }),
  payloadBytes: fc.integer({ min: 0, max: 300 }),
  count: fc.constant(0),
  seed: fc.integer(feedRanges.seed),
});
const anyId = fc.integer({ min: 1, max: 1_000_000 });

const gaps = (settings: FeedSettings, count: number): number[] =>
  Array.from({ length: count }, (_, index) => gapBefore(index + 1, settings));
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('gapBefore', () => {
  it('is the same for the same settings and id, finite and never negative', () => {
    fc.assert(
      fc.property(anySettings, anyId, (settings, id) => {
        const gap = gapBefore(id, settings);
        expect(gap).toBe(gapBefore(id, { ...settings, payloadBytes: 7, count: 9 }));
        expect(Number.isFinite(gap) && gap >= 0).toBe(true);
      }),
    );
  });

  it('is always the mean without burstiness', () => {
    fc.assert(
      fc.property(anySettings, anyId, (settings, id) => {
        expect(gapBefore(id, { ...settings, burstiness: 0 })).toBe(1000 / settings.messagesPerSecond);
      }),
    );
  });

  it.each([0.25, 0.5, 1])('keeps the mean rate at a burstiness of %d, for every seed', (burstiness) => {
    for (const seed of [0, 1, 2, 0xffff_ffff]) {
      const all = gaps({ ...defaultFeedSettings, messagesPerSecond: 10, burstiness, seed }, 50_000);
      expect(meanOf(all)).toBeGreaterThan(95);
      expect(meanOf(all)).toBeLessThan(105);
    }
  });

  it('spreads more the burstier it is', () => {
    const spread = (burstiness: number): number => {
      const all = gaps({ ...defaultFeedSettings, burstiness }, 5000);
      const mean = meanOf(all);
      return meanOf(all.map((gap) => (gap - mean) ** 2));
    };
    const spreads = [0, 0.25, 0.5, 0.75, 1].map(spread);
    expect(spreads).toEqual(spreads.toSorted((one, other) => one - other));
    expect(new Set(spreads).size).toBe(spreads.length);
  });

  it('differs with the seed', () => {
    const of = (seed: number): number[] => gaps({ ...defaultFeedSettings, burstiness: 1, seed }, 20);
    expect(of(1)).not.toEqual(of(2));
  });
});

describe('payloadOf', () => {
  it('is the same for the same settings and id: so many bytes of ASCII that JSON does not escape', () => {
    fc.assert(
      fc.property(anySettings, anyId, (settings, id) => {
        const payload = payloadOf(id, settings);
        expect(payload).toBe(payloadOf(id, { ...settings, burstiness: 0.3, messagesPerSecond: 9 }));
        expect(Buffer.byteLength(JSON.stringify(payload))).toBe(settings.payloadBytes + 2);
        expect(payload).toMatch(/^[a-z2-7]*$/);
      }),
    );
  });

  it('differs from message to message, and from seed to seed', () => {
    const payloads = new Set<string>();
    for (const seed of [1, 2, 3]) {
      for (let id = 1; id <= 1000; id++) payloads.add(payloadOf(id, { ...defaultFeedSettings, seed }));
    }
    expect(payloads.size).toBe(3000);
  });

  it('uses every character about equally often', () => {
    const counts = new Map<string, number>();
    for (const character of payloadOf(1, { ...defaultFeedSettings, payloadBytes: 16_384 })) {
      counts.set(character, (counts.get(character) ?? 0) + 1);
    }
    expect(counts.size).toBe(32);
    expect(Math.min(...counts.values())).toBeGreaterThan(400);
    expect(Math.max(...counts.values())).toBeLessThan(625);
  });
});
