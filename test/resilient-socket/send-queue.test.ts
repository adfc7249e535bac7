import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SendQueue, type QueueOptions } from '../../src/resilient-socket/send-queue.ts';
import { FakeClock } from '../support/fake-clock.ts';

function queueOf(options: Partial<QueueOptions>) {
  const clock = new FakeClock();
  const dropped: string[] = [];
  const queue = new SendQueue(options, clock, ({ data }, why) => dropped.push(`${data}: ${why}`));
  let number = 0;
  const add = (data: string, key?: string): boolean =>
    queue.add({ number: ++number, data, key, at: clock.now() });
  const takeAll = (): string[] => {
    const all: string[] = [];
    for (let next = queue.take(); next; next = queue.take()) all.push(next.data);
    return all;
  };
  return { clock, queue, dropped, add, takeAll };
}

describe('SendQueue', () => {
  it('gives back in order what it was given', () => {
    const { add, takeAll } = queueOf({});
    for (const data of ['a', 'b', 'c']) add(data);
    expect(takeAll()).toEqual(['a', 'b', 'c']);
  });

  it.each([
    ['refuse', ['a', 'b'], [], false],
    ['drop oldest', ['b', 'c'], ['a: full'], true],
    ['drop newest', ['a', 'c'], ['b: full'], true],
  ] as const)('when full: %s', (whenFull, left, lost, taken) => {
    const { add, takeAll, dropped } = queueOf({ maxMessages: 2, whenFull });
    add('a');
    add('b');
    expect(add('c')).toBe(taken);
    expect(takeAll()).toEqual(left);
    expect(dropped).toEqual(lost);
  });

  it('counts bytes of UTF-8, and refuses a message that can never fit', () => {
    const { add } = queueOf({ maxBytes: 4 });
    expect(add('€')).toBe(true);
    expect(add('€')).toBe(false);
    expect(add('a')).toBe(true);
    expect(add('12345')).toBe(false);
  });

  it('drops what has become too old, and says so', () => {
    const { clock, add, takeAll, dropped } = queueOf({ timeToLiveMs: 100 });
    add('old');
    clock.pass(99);
    add('new');
    clock.pass(1);
    expect(takeAll()).toEqual(['new']);
    expect(dropped).toEqual(['old: too old']);
  });

  it('puts a message in the place of an older one with the same key', () => {
    const { add, takeAll, dropped } = queueOf({});
    add('typing', 'state');
    add('hello');
    add('idle', 'state');
    expect(takeAll()).toEqual(['hello', 'idle']);
    expect(dropped).toEqual(['typing: superseded']);
  });

  it('keeps the older one with the same key where the newer one is refused', () => {
    const { add, takeAll, dropped } = queueOf({ maxBytes: 4 });
    add('a', 'state');
    add('xxx');
    expect(add('bb', 'state')).toBe(false);
    expect(dropped).toEqual([]);
    expect(takeAll()).toEqual(['a', 'xxx']);
  });

  it('lets no message that is too old take the room of a new one', () => {
    const { clock, add, takeAll, dropped } = queueOf({ maxMessages: 2, timeToLiveMs: 100 });
    add('old');
    add('as old');
    clock.pass(100);
    expect(add('new')).toBe(true);
    expect(dropped).toEqual(['old: too old', 'as old: too old']);
    expect(takeAll()).toEqual(['new']);
  });

  it('never holds more than it may, and loses nothing without a word', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom('refuse', 'drop oldest', 'drop newest'),
        fc.array(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 30 }),
        (maxMessages, whenFull, all) => {
          const { add, takeAll, dropped, queue } = queueOf({ maxMessages, whenFull });
          let refused = 0;
          for (const data of all) {
            if (!add(data)) refused++;
            expect(queue.length).toBeLessThanOrEqual(maxMessages);
          }
          expect(takeAll().length + dropped.length + refused).toBe(all.length);
        },
      ),
    );
  });

  it.each([{ maxMessages: 0 }, { maxBytes: -1 }, { timeToLiveMs: 0 }])('refuses %j', (options) => {
    expect(() => queueOf(options)).toThrow(Object.keys(options)[0]);
  });
});
