import { describe, expect, it } from 'vitest';
import { markOf } from '../../src/derive/mark-of.ts';

describe('The mark of a request-target', () => {
  it.each([
    ['/labs/x/stream?every=200&mark=abc23&hold=5', 'abc23'],
    ['/labs/x/feed/events?mark=abc23-7', 'abc23-7'],
    ['/labs/x/echo', undefined],
    ['/labs/x/echo?remark=abc', undefined],
  ])('of %s is %s', (target, mark) => {
    expect(markOf(target)).toBe(mark);
  });
});
