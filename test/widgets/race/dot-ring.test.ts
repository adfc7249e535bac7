import { describe, expect, it } from 'vitest';
import { DotRing } from '../../../src/widgets/race/dot-ring.ts';

const since = (ring: DotRing, from: number): number[] => {
  const found: number[] = [];
  ring.since(from, (receivedAt) => found.push(receivedAt));
  return found;
};

describe('DotRing', () => {
  it('gives back the newest first, and none that came earlier', () => {
    const ring = new DotRing(8);
    for (const at of [1, 2, 3, 4]) ring.add(at, at * 10);
    expect(since(ring, 3)).toEqual([4, 3]);
    expect(since(new DotRing(8), 0)).toEqual([]);
  });

  it('forgets the oldest where there is no more room', () => {
    const ring = new DotRing(3);
    for (const at of [1, 2, 3, 4, 5]) ring.add(at, 0);
    expect(ring.count).toBe(5);
    expect(since(ring, 0)).toEqual([5, 4, 3]);
  });
});
