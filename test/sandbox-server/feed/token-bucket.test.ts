import { describe, expect, it } from 'vitest';
import { TokenBucket } from '../../../sandbox-server/feed/token-bucket.ts';

describe('TokenBucket', () => {
  it('lets a burst of one second through, then only as many a second as it may', () => {
    const bucket = new TokenBucket(10, 0);
    const taken = (now: number, tries: number): number =>
      Array.from({ length: tries }, () => bucket.take(now)).filter(Boolean).length;
    expect(taken(0, 100)).toBe(10);
    expect(taken(100, 100)).toBe(1);
    expect(taken(600, 100)).toBe(5);
    expect(taken(60_000, 100)).toBe(10);
  });
});
