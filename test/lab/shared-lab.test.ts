import { expect, it } from 'vitest';
import { invitation, labInFragment } from '../../src/lab/shared-lab.ts';

const id = '6733c83233ef023e4900e598528125d0';

it('finds the lab of an invitation, whatever the page had in its address', () => {
  const address = invitation('http://127.0.0.1:4321/lessons/a/?x=1#wire=3', id);
  expect(address).toBe(`http://127.0.0.1:4321/lessons/a/?x=1#lab=${id}`);
  expect(labInFragment(new URL(address).hash)).toBe(id);
});

it.each(['', '#', '#wire=3', '#lab=', '#lab=abc', `#lab=${id}0`, `#lab=${id.toUpperCase()}`, '#lab=../../x'])(
  'asks for no lab by %j',
  (fragment) => {
    expect(labInFragment(fragment)).toBeUndefined();
  },
);
