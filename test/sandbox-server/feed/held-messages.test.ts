import { describe, expect, it } from 'vitest';
import { HeldMessages } from '../../../sandbox-server/feed/held-messages.ts';

const fill = (held: HeldMessages, count: number, text = 'x'.repeat(10)): void => {
  for (let added = 0; added < count; added++) held.add({ id: held.lastId + 1, text });
};

describe('HeldMessages', () => {
  it('holds no more messages than its bound, and drops the oldest', () => {
    const held = new HeldMessages({ maxFeedMessages: 3, maxFeedBytes: 1000 });
    expect([held.oldestId, held.lastId, held.firstAfter(0)]).toEqual([0, 0, 1]);
    fill(held, 5);
    expect([held.oldestId, held.lastId]).toEqual([3, 5]);
    expect([held.get(2), held.get(3)?.id, held.get(6)]).toEqual([undefined, 3, undefined]);
    expect([0, 2, 3, 5].map((since) => held.firstAfter(since))).toEqual([3, 3, 4, 6]);
  });

  it('holds no more bytes than its bound, be it none at all', () => {
    const held = new HeldMessages({ maxFeedMessages: 100, maxFeedBytes: 25 });
    fill(held, 4);
    expect([held.oldestId, held.lastId]).toEqual([3, 4]);
    fill(held, 1, 'x'.repeat(26));
    expect([held.oldestId, held.lastId, held.firstAfter(0)]).toEqual([0, 5, 6]);
    fill(held, 1);
    expect([held.oldestId, held.lastId]).toEqual([6, 6]);
  });

  it('counts from 1 again when it is cleared', () => {
    const held = new HeldMessages({ maxFeedMessages: 3, maxFeedBytes: 1000 });
    fill(held, 5);
    held.clear();
    expect([held.oldestId, held.lastId, held.firstAfter(0)]).toEqual([0, 0, 1]);
    fill(held, 2);
    expect([held.oldestId, held.lastId]).toEqual([1, 2]);
  });
});
