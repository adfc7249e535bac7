import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestAlignment } from '../../src/derive/clock-readings.ts';

describe('bestAlignment', () => {
  it('says nothing without a reading', () => {
    expect(bestAlignment([])).toBeUndefined();
  });

  it('never errs by more than it says, however lopsided the ways were', () => {
    const way = fc.double({ min: 0, max: 500, noNaN: true });
    const reading = fc.tuple(fc.double({ min: 0, max: 1e6, noNaN: true }), way, way);
    fc.assert(
      fc.property(
        fc.array(reading, { minLength: 1 }),
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        (trips, offset) => {
          const readings = trips.map(([askedAt, there, back]) => ({
            askedAt,
            serverNow: askedAt + there + offset,
            answeredAt: askedAt + there + back,
          }));
          const clock = bestAlignment(readings);
          expect(Math.abs((clock?.offset ?? NaN) - offset)).toBeLessThanOrEqual((clock?.error ?? NaN) + 1e-6);
          const shortest = Math.min(...trips.map(([, there, back]) => there + back));
          expect(clock?.error).toBeCloseTo(shortest / 2, 5);
        },
      ),
    );
  });
});
