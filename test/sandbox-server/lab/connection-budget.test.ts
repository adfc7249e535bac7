import { describe, expect, it } from 'vitest';
import { ConnectionBudget } from '../../../sandbox-server/lab/connection-budget.ts';
import { defaultLimits } from '../../../sandbox-server/limits.ts';

describe('ConnectionBudget', () => {
  it('takes 200 at once, and then 100 new ones a second for as long as each ends, without complaint', () => {
    const budget = new ConnectionBudget(defaultLimits, 0);
    for (let index = 0; index < 200; index++) expect(budget.take(0)).toBeUndefined();
    for (let index = 1; index <= 6000; index++) {
      budget.giveBack();
      expect(budget.take(index * 10)).toBeUndefined();
    }
  });

  it('takes 200 at once and 100 more in the same second', () => {
    const budget = new ConnectionBudget(defaultLimits, 0);
    for (let index = 0; index < 200; index++) budget.take(0);
    for (let index = 0; index < 100; index++) budget.giveBack();
    for (let index = 0; index < 100; index++) expect(budget.take(1)).toBeUndefined();
  });

  it('refuses one more than may be open at once, until one ends', () => {
    const budget = new ConnectionBudget({ maxConnectionsPerLab: 2, maxNewConnectionsPerSecond: 1000 }, 0);
    expect([budget.take(0), budget.take(0)]).toEqual([undefined, undefined]);
    expect(budget.take(1000)).toMatchObject({ status: 503, code: 'too-many-lab-connections' });
    budget.giveBack();
    expect(budget.take(2000)).toBeUndefined();
  });

  it('refuses new ones that come too fast, until time has passed', () => {
    const budget = new ConnectionBudget({ maxConnectionsPerLab: 2, maxNewConnectionsPerSecond: 10 }, 0);
    for (let index = 0; index < 12; index++) {
      expect(budget.take(0)).toBeUndefined();
      budget.giveBack();
    }
    expect(budget.take(99)).toMatchObject({
      status: 429,
      code: 'new-connections-too-fast',
      headers: { 'Retry-After': '1' },
    });
    expect(budget.take(100)).toBeUndefined();
  });
});
