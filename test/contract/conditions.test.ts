import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseConditions, parseConditionsPatch, perfectLink } from '../../src/contract/conditions.ts';

describe('parseConditionsPatch', () => {
  it.each(['pass', 'strip', 'refuse'])('takes upgrade: %s', (upgrade) => {
    expect(parseConditionsPatch({ upgrade })).toEqual({ ok: true, value: { upgrade } });
  });

  it('takes nothing for a change of nothing', () => {
    expect(parseConditionsPatch({})).toEqual({ ok: true, value: {} });
  });

  it.each([
    [{ upgrade: 'drop' }, 'upgrade'],
    [{ upgrade: null }, 'upgrade'],
    [{ Upgrade: 'pass' }, 'Upgrade'],
    [JSON.parse('{"__proto__":{"upgrade":"pass"}}') as unknown, '__proto__'],
    [{ constructor: 'pass' }, 'constructor'],
    [[], 'body'],
    ['pass', 'body'],
    [null, 'body'],
  ])('refuses %j and names the field', (body, field) => {
    expect(parseConditionsPatch(body)).toMatchObject({ ok: false, field });
  });

  it('says what it would have taken', () => {
    expect(parseConditionsPatch({ upgrade: 'drop' })).toMatchObject({
      message: 'expected one of pass, strip, refuse, got "drop"',
    });
  });

  it('takes or refuses any JSON without an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        expect(typeof parseConditionsPatch(body).ok).toBe('boolean');
      }),
    );
  });
});

describe('parseConditions', () => {
  it('takes what is not named as on a perfect link', () => {
    expect(parseConditions({})).toEqual({ ok: true, value: perfectLink });
    expect(parseConditions({ upgrade: 'strip' })).toMatchObject({ value: { upgrade: 'strip' } });
  });

  it('refuses what a patch refuses', () => {
    expect(parseConditions(undefined)).toMatchObject({ ok: false, field: 'body' });
  });
});
