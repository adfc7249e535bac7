import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('read-envelope.mjs takes an envelope of a known type, and says what is wrong with anything else', async () => {
  const path = fileURLToPath(new URL('../../lessons/samples/' + 'read-envelope.mjs', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [path]);
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' -> ')[1]),
  ).toEqual([
    '{"envelope":{"type":"chat","text":"hello"}}',
    '{"problem":"no JSON"}',
    '{"problem":"no type"}',
    '{"problem":"unknown type dance"}',
  ]);
});
