import { expect, it } from 'vitest';
import { untilLoaded } from '../../src/ui/until-loaded.ts';

it('asks again for a part that the stopped sandbox did not serve', async () => {
  let asked = 0;
  const part = await untilLoaded(async () => {
    asked++;
    if (asked < 3) throw new TypeError('Failed to fetch dynamically imported module');
    return Promise.resolve('the part');
  }, 1);
  expect(part).toBe('the part');
  expect(asked).toBe(3);
});
