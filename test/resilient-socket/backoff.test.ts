import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Backoff } from '../../src/resilient-socket/backoff.ts';

const delays = (backoff: Backoff, count: number): (number | undefined)[] =>
  Array.from({ length: count }, () => backoff.next());

describe('Backoff', () => {
  it('waits up to 5 s first, then up to 1, 2, 4 … and never more than 30 s', () => {
    const longest = delays(new Backoff({ jitter: 'none' }), 9);
    expect(longest).toEqual([5000, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('takes any time up to that, by chance', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(40), (chance, attempts) => {
        const longest = delays(new Backoff({ jitter: 'none' }), attempts + 1).at(-1) ?? 0;
        const delay = delays(new Backoff({}, () => chance), attempts + 1).at(-1);
        expect(delay).toBeCloseTo(chance * longest, 6);
      }),
    );
  });

  it('gives up at its limit, and begins anew after a reset', () => {
    const backoff = new Backoff({ limit: 2, jitter: 'none' });
    expect(delays(backoff, 3)).toEqual([5000, 1000, undefined]);
    backoff.reset();
    expect(backoff.next()).toBe(5000);
  });

  it.each([
    { firstMs: -1 },
    { baseMs: 0 },
    { factor: 0.5 },
    { factor: 1000 },
    { capMs: Number.NaN },
    { capMs: 1e12 },
    { limit: -1 },
  ])('refuses the absurd %j, and names it', (options) => {
    expect(() => new Backoff(options)).toThrow(Object.keys(options)[0]);
  });
});
