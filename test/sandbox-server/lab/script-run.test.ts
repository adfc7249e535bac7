import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { perfectLink, type Conditions } from '../../../src/contract/conditions.ts';
import { ScriptRun } from '../../../sandbox-server/lab/script-run.ts';

const tunnel = {
  name: 'tunnel',
  steps: [
    { at: 100, what: { conditions: { frozen: 'both' } }, for: 150 },
    { at: 1000, what: { cut: { how: 'rst' } } },
  ],
} as const;

describe('ScriptRun', () => {
  beforeEach(() => {
    // The clock stands still: every timer is as early as it can be.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    vi.spyOn(performance, 'now').mockReturnValue(5000);
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('does what is due when its timer says so, however early the timer is', () => {
    const seen: Conditions['frozen'][] = [];
    let cuts = 0;
    const run = new ScriptRun(tunnel, {
      turned: () => seen.push(run.conditionsNow(perfectLink).frozen),
      act: () => cuts++,
    });
    vi.advanceTimersByTime(100);
    expect(seen).toEqual(['both']);
    vi.advanceTimersByTime(150);
    expect(seen).toEqual(['both', 'no']);
    vi.advanceTimersByTime(750);
    expect({ seen, cuts, isOver: run.isOver }).toEqual({ seen: ['both', 'no', 'no'], cuts: 1, isOver: true });
  });

  it('does nothing more once it is stopped', () => {
    let turns = 0;
    const run = new ScriptRun(tunnel, { turned: () => turns++, act: () => turns++ });
    run.stop();
    vi.advanceTimersByTime(2000);
    expect([turns, run.conditionsNow(perfectLink)]).toEqual([0, perfectLink]);
  });
});
