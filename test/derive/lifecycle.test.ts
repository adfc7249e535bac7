import { describe, expect, it } from 'vitest';
import { edgesWalked, lifecycleEdges } from '../../src/derive/lifecycle.ts';

describe('edgesWalked', () => {
  it.each([
    [
      [0, 0, 1, 1, 2, 3],
      ['0-1', '1-2', '2-3'],
    ],
    [
      [0, 2, 2, 3],
      ['0-2', '2-3'],
    ],
    [[3], ['0-3']],
    [
      [1, 3, 3],
      ['0-1', '1-3'],
    ],
    [[], []],
  ])('reads %j', (seen, edges) => {
    expect(edgesWalked(seen).map(({ id }) => id)).toEqual(edges);
  });

  it('knows no way back', () => {
    expect(lifecycleEdges.every(({ from, to }) => to > from)).toBe(true);
  });
});
