import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalTally, histogram, latencyEdges, quantile } from '../../src/derive/latencies.ts';

const tallyOf = (arrivals: readonly [id: number, latency: number][], firstId?: number): ArrivalTally => {
  const tally = new ArrivalTally(firstId);
  for (const [id, latency] of arrivals) tally.add({ id, bornAt: id * 1000, receivedAt: id * 1000 + latency });
  return tally;
};

describe('ArrivalTally', () => {
  it('has no latency before the first message', () => {
    expect(new ArrivalTally().summary).toMatchObject({
      delivered: 0,
      missed: 0,
      highestId: 0,
      median: undefined,
    });
  });

  it('counts what came, what came again and what did not come', () => {
    const tally = tallyOf([
      [1, 10],
      [2, 30],
      [2, 99],
      [5, 20],
    ]);
    expect(tally.summary).toEqual({
      delivered: 3,
      doubled: 1,
      missed: 2,
      highestId: 5,
      mean: 20,
      median: 20,
      p95: 30,
      max: 30,
    });
    expect(tally.summary).toBe(tally.summary);
  });

  it('counts from the first message that it was to hear', () => {
    expect(tallyOf([[3, 1]]).summary.missed).toBe(0);
    expect(tallyOf([[3, 1]], 1).summary.missed).toBe(2);
  });

  it('keeps no more latencies than it says, and counts on', () => {
    const tally = new ArrivalTally();
    for (let id = 1; id <= 20_010; id++) tally.add({ id, bornAt: 0, receivedAt: id });
    expect(tally.latencies).toHaveLength(20_000);
    expect(tally.summary).toMatchObject({ delivered: 20_010, max: 20_010 });
    expect(Math.min(...tally.latencies)).toBe(11);
  });
});

describe('quantile', () => {
  it('is the nearest rank', () => {
    expect(quantile([], 0.5)).toBeUndefined();
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 1)).toBe(4);
  });
});

describe('histogram', () => {
  it('counts every value once, in the bin that holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 1e6, noNaN: true })), (values) => {
        const bins = histogram(values);
        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
        for (const { from, to, count } of bins.slice(1)) {
          expect(count).toBe(values.filter((value) => value >= from && value < to).length);
        }
      }),
    );
    expect(latencyEdges).toEqual(latencyEdges.toSorted((one, other) => one - other));
  });
});
