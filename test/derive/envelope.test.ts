import { expect, it } from 'vitest';
import { readEnvelope } from '../../src/derive/envelope.ts';

it('reads the type of an envelope', () => {
  expect(readEnvelope('{"type":"chat","text":"hello"}')).toEqual({ ok: true, value: { type: 'chat' } });
});

it.each([
  ['{"type":"chat"', 'This is not JSON'],
  ['', 'This is not JSON'],
  ['null', 'Expected an object in braces, got null.'],
  ['[1]', 'Expected an object in braces, got [1].'],
  ['{"text":"hello"}', 'There is no “type”'],
  ['{"type":7}', 'got 7.'],
  ['{"type":""}', 'not empty'],
])('says what is wrong with %s', (text, message) => {
  const read = readEnvelope(text);
  expect(read.ok ? '' : read.message).toContain(message);
});
