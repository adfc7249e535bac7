import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteChange } from '../../src/derive/byte-change.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('byteChange', () => {
  it('finds the one byte that was exchanged', () => {
    expect(byteChange(bytes(1, 2, 3), bytes(1, 9, 3))).toEqual({
      was: { start: 1, end: 2 },
      is: { start: 1, end: 2 },
    });
  });

  it('finds what was put in and what was taken out', () => {
    expect(byteChange(bytes(1, 2), bytes(1, 8, 9, 2))).toEqual({
      was: { start: 1, end: 1 },
      is: { start: 1, end: 3 },
    });
    expect(byteChange(bytes(1, 2, 3), bytes(1, 3))).toMatchObject({
      was: { start: 1, end: 2 },
      is: { start: 1, end: 1 },
    });
  });

  it('finds nothing where nothing changed', () => {
    expect(byteChange(bytes(1, 2), bytes(1, 2))).toBeUndefined();
    expect(byteChange(bytes(), bytes())).toBeUndefined();
  });

  it('is all that lies between two states: exchanging it makes one of the other', () => {
    const few = fc.uint8Array({ max: 3, maxLength: 8 });
    fc.assert(
      fc.property(few, few, (before, after) => {
        const change = byteChange(before, after);
        if (!change) {
          expect(before).toEqual(after);
          return;
        }
        const { was, is } = change;
        const made = [
          ...before.slice(0, was.start),
          ...after.slice(is.start, is.end),
          ...before.slice(was.end),
        ];
        expect(made).toEqual([...after]);
      }),
    );
  });
});
