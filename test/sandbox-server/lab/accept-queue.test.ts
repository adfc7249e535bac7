import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AcceptQueue } from '../../../sandbox-server/lab/accept-queue.ts';

describe('The queue of opening handshakes', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** So many who want in at once, and who has got in so far. */
  function crowd(queue: AcceptQueue, count: number): number[] {
    const answered: number[] = [];
    for (let index = 0; index < count; index++) {
      queue.enter(() => {
        answered.push(index);
      });
    }
    return answered;
  }

  it('answers at once where there is no limit', () => {
    expect(crowd(new AcceptQueue(() => 0), 100)).toHaveLength(100);
  });

  it('answers so many a second, in the order in which they came', () => {
    const answered = crowd(new AcceptQueue(() => 20), 100);
    vi.advanceTimersByTime(1000);
    const inTheFirst = answered.length;
    vi.advanceTimersByTime(1000);
    expect(inTheFirst).toBeGreaterThanOrEqual(20);
    expect(inTheFirst).toBeLessThanOrEqual(22);
    expect(answered.length - inTheFirst).toBe(20);
    expect(answered).toEqual(answered.toSorted((one, other) => one - other));
  });

  it('saves no turns up while nobody comes', () => {
    const queue = new AcceptQueue(() => 10);
    crowd(queue, 1);
    vi.advanceTimersByTime(10_000);
    expect(crowd(queue, 50).length).toBeLessThanOrEqual(2);
  });

  it('lets all in when the limit is lifted, and nobody when it is over', () => {
    let perSecond = 1;
    const queue = new AcceptQueue(() => perSecond);
    const answered = crowd(queue, 10);
    perSecond = 0;
    queue.rateMayHaveChanged();
    expect(answered).toHaveLength(10);
    perSecond = 1;
    const late = crowd(queue, 10);
    queue.end();
    vi.advanceTimersByTime(60_000);
    expect(late.length).toBeLessThanOrEqual(2);
  });

  it('lets nobody in early because something else has changed', () => {
    const queue = new AcceptQueue(() => 1);
    const answered = crowd(queue, 50);
    // As a learner who drags another slider for a second.
    for (let change = 0; change < 10; change++) {
      queue.rateMayHaveChanged();
      vi.advanceTimersByTime(100);
    }
    expect(answered.length).toBeLessThanOrEqual(3);
  });

  it('goes on sooner at a higher rate', () => {
    let perSecond = 0.01;
    const queue = new AcceptQueue(() => perSecond);
    const answered = crowd(queue, 50);
    perSecond = 10;
    queue.rateMayHaveChanged();
    vi.advanceTimersByTime(1000);
    expect(answered.length).toBeGreaterThanOrEqual(10);
  });
});
