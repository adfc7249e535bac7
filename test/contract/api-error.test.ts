import { describe, expect, it } from 'vitest';
import { isApiError } from '../../src/contract/api-error.ts';

describe('isApiError', () => {
  const error = { code: 'lab-not-found', message: 'No such lab.', hint: 'Make a new one.' };

  it('knows a refusal of the sandbox, with or without a field', () => {
    expect(isApiError({ error })).toBe(true);
    expect(isApiError({ error: { ...error, field: 'code' } })).toBe(true);
  });

  it.each([
    [null],
    ['lab-not-found'],
    [[]],
    [{}],
    [{ error: 'lab-not-found' }],
    [{ error: { ...error, code: 404 } }],
    [{ error: { ...error, message: undefined } }],
    [{ error: { code: error.code, message: error.message } }],
  ])('knows that %j is none', (body) => {
    expect(isApiError(body)).toBe(false);
  });
});
