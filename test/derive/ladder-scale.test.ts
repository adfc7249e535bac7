import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeOfTime } from '../../src/derive/ladder-scale.ts';
import type { Rung } from '../../src/derive/rung.ts';

const at = (times: readonly number[]): Rung[] =>
  times.map((time, index) => ({
    id: `1.${String(index)}`,
    connection: undefined,
    from: 'client',
    beganAt: time,
    at: time,
    due: time,
    isLost: false,
    byteCount: 0,
    phase: 'open',
    begins: false,
    what: { kind: 'accepted' },
  }));

describe('placeOfTime', () => {
  it('puts a moment between the rungs before and after it, in proportion', () => {
    expect(placeOfTime(at([0, 10, 20]), 15, 0)).toBe(1.5);
    expect(placeOfTime(at([0, 10, 20]), 0, 0)).toBe(0);
  });

  it('draws level what left at once, though more came in the same instant', () => {
    expect(placeOfTime(at([5, 5, 5]), 5, 1)).toBe(1);
  });

  it('ends an arrow at the first of the rungs that happened when it left', () => {
    expect(placeOfTime(at([0, 10, 20, 20, 30]), 20, 0)).toBe(2);
  });

  it('never goes up, and never beyond one rung after the last', () => {
    const times = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 30 })
      .map((all) => all.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(times, fc.nat(2000), fc.nat(2000), (all, one, other) => {
        const rungs = at(all);
        const [early, late] = [Math.min(one, other), Math.max(one, other)];
        const place = placeOfTime(rungs, late, 0);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(rungs.length);
        if (early > (all[0] ?? 0)) expect(place).toBeGreaterThanOrEqual(placeOfTime(rungs, early, 0));
      }),
      { numRuns: 1000 },
    );
  });
});
