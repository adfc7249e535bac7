import { describe, expect, it } from 'vitest';
import { replayPlan } from '../../src/derive/replay-plan.ts';

describe('replayPlan', () => {
  it('stretches the times of a handshake to the length of the replay', () => {
    expect(replayPlan([0, 1, 2], 6000, 20)).toEqual({
      slowdown: 3000,
      cut: false,
      starts: [0, 3000, 6000],
      length: 6000,
    });
  });

  it('cuts a pause that is longer than allowed, and says so', () => {
    const plan = replayPlan([0, 2, 60_002], 6000, 20);
    expect(plan.cut).toBe(true);
    expect(plan.starts[1]).toBeCloseTo((2 / 22) * 6000);
    expect(plan.starts[2]).toBeCloseTo(6000);
  });

  it('stands still where nothing took any time', () => {
    expect(replayPlan([0, 0], 6000, 20)).toEqual({ slowdown: 1, cut: false, starts: [0, 0], length: 6000 });
    expect(replayPlan([], 6000, 20).starts).toEqual([]);
  });
});
