import { describe, expect, it } from 'vitest';
import { isRecord, show } from '../../src/contract/result.ts';

describe('show', () => {
  it.each([
    ['a', '"a"'],
    [12, '12'],
    [null, 'null'],
    [{ a: [1] }, '{"a":[1]}'],
    [undefined, 'nothing'],
    [() => 1, 'nothing'],
    ['x'.repeat(100), `"${'x'.repeat(39)}…`],
  ])('shows %o as %s', (value, text) => {
    expect(show(value)).toBe(text);
  });
});

describe('isRecord', () => {
  it('is true of objects, and of nothing else that JSON knows', () => {
    expect(isRecord({})).toBe(true);
    for (const value of [null, [], 'a', 1, true, undefined]) expect(isRecord(value)).toBe(false);
  });
});
