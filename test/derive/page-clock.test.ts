import { describe, expect, it } from 'vitest';
import { pageClockOf } from '../../src/derive/page-clock.ts';
import type { Crossed } from '../../src/derive/stream-wire.ts';

const crossed = (from: Crossed['from'], data: string, at: number, due?: number): Crossed => ({
  conn: 1,
  frame: 1,
  from,
  at,
  due,
  isLost: false,
  data,
});

describe('pageClockOf', () => {
  it('lies between what was sent before it entered and what left before it was heard', () => {
    const beliefs = [
      { what: 'queued', number: 1, at: 0 },
      { what: 'sent', number: 2, at: 100 },
      { what: 'applied', data: 'message 7', at: 200 },
    ] as const;
    const wire = [
      crossed('client', 'abcde 1', 1900),
      crossed('client', 'abcde 2', 1102),
      crossed('server', 'message 7', 1150, 1198),
    ];
    expect(pageClockOf('abcde', beliefs, wire)).toBe(1000);
    expect(pageClockOf('abcde', beliefs, wire.slice(0, 2))).toBe(1002);
    expect(pageClockOf('abcde', beliefs, wire.slice(2))).toBe(998);
    expect(pageClockOf('abcde', [], [])).toBe(0);
  });

  it('is not misled by a text that leaves again, heard or not', () => {
    const beliefs = [
      { what: 'applied', data: 'message 1', at: 10 },
      { what: 'applied', data: 'message 1', at: 500 },
    ] as const;
    const wire = [
      crossed('server', 'message 1', 1008, 1009),
      crossed('server', 'message 1', 1490, 1499),
      crossed('server', 'message 1', 3000, 3001),
    ];
    expect(pageClockOf('abcde', beliefs, wire)).toBe(999);
  });
});
