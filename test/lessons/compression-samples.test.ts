import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('same-window.mjs shrinks the second message only where the window is kept', async () => {
  const path = fileURLToPath(new URL('../../lessons/samples/' + 'same-window.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  const [, first, second] = /one window for both: (\d+), then (\d+)/.exec(stdout) ?? [];
  const [, one, other] = /a new window for each: (\d+), then (\d+)/.exec(stdout) ?? [];
  expect(Number(second)).toBeLessThan(Number(first) / 2);
  expect(other).toBe(one);
});
