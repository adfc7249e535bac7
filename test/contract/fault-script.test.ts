import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import { faultPresets } from '../../src/contract/fault-presets.ts';
import {
  conditionsAt,
  durationOf,
  parseFaultScript,
  turningPoints,
  type FaultScript,
} from '../../src/contract/fault-script.ts';

const tunnel: FaultScript = {
  name: 'tunnel',
  steps: [
    { at: 0, what: { conditions: { latencyMs: 100 } }, for: 1000 },
    { at: 200, what: { conditions: { latencyMs: 300, frozen: 'both' } }, for: 300 },
    { at: 900, what: { cut: { how: 'rst' } } },
    { at: 800, what: { conditions: { jitterMs: 5 } } },
  ],
};

describe('conditionsAt', () => {
  it('imposes each step for its time, the later in the list over the earlier, and restores what was before', () => {
    const base = { ...perfectLink, latencyMs: 7 };
    const at = (ms: number) => conditionsAt(tunnel, ms, base);
    expect(at(0)).toEqual({ ...perfectLink, latencyMs: 100 });
    expect(at(200)).toEqual({ ...perfectLink, latencyMs: 300, frozen: 'both' });
    expect(at(500)).toEqual({ ...perfectLink, latencyMs: 100 });
    expect(at(999)).toEqual({ ...perfectLink, latencyMs: 100, jitterMs: 5 });
    expect(at(1000)).toEqual(base);
  });

  it('changes at no other moment than the turning points', () => {
    const step = fc.record({
      at: fc.nat(1000),
      what: fc.record({ conditions: fc.record({ latencyMs: fc.nat(1000) }) }),
      for: fc.nat(1000),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), fc.nat(2500), (steps, moment) => {
        const script = { name: '', steps };
        const last = turningPoints(script).findLast((point) => point <= moment);
        const expected = last === undefined ? perfectLink : conditionsAt(script, last, perfectLink);
        expect(conditionsAt(script, moment, perfectLink)).toEqual(expected);
      }),
    );
  });
});

describe('parseFaultScript', () => {
  it('reads what it is given, and presets by name', () => {
    expect(parseFaultScript(tunnel)).toEqual({ ok: true, value: tunnel });
    expect(parseFaultScript({ preset: 'train-tunnel' })).toEqual({
      ok: true,
      value: faultPresets['train-tunnel'],
    });
  });

  it.each(Object.entries(faultPresets))('accepts the steps of %s as anybody could send them', (_, script) => {
    expect(parseFaultScript(JSON.parse(JSON.stringify(script)))).toMatchObject({ ok: true });
    expect(durationOf(script)).toBeGreaterThan(0);
  });

  it.each([
    [null, 'body'],
    [{}, 'steps'],
    [{ steps: [] }, 'steps'],
    [{ steps: Array.from({ length: 101 }, () => tunnel.steps[0]) }, 'steps'],
    [{ preset: 'constructor' }, 'preset'],
    [{ preset: 'train-tunnel', steps: tunnel.steps }, 'steps'],
    [{ name: 'x'.repeat(61), steps: tunnel.steps }, 'name'],
    [{ steps: tunnel.steps, extra: 1 }, 'extra'],
    [{ steps: ['soon'] }, 'steps[0]'],
    [{ steps: [{ at: -1, what: { cut: { how: 'rst' } } }] }, 'steps[0].at'],
    [{ steps: [{ at: 4e6, what: { cut: { how: 'rst' } } }] }, 'steps[0].at'],
    [{ steps: [{ at: 0, what: { cut: { how: 'gently' } } }] }, 'steps[0].what.cut.how'],
    [
      { steps: [{ at: 0, what: { conditions: { latencyMs: 'long' } } }] },
      'steps[0].what.conditions.latencyMs',
    ],
    [{ steps: [{ at: 0, what: { restart: { downMs: 1e9 } } }] }, 'steps[0].what.restart.downMs'],
    [{ steps: [{ at: 0, what: { message: { what: 'eat' } } }] }, 'steps[0].what.message.what'],
    [{ steps: [{ at: 0, what: {} }] }, 'steps[0].what'],
    [{ steps: [{ at: 0, what: { toString: {} } }] }, 'steps[0].what'],
    [{ steps: [{ at: 0, what: { cut: { how: 'fin' }, conditions: {} } }] }, 'steps[0].what'],
    [{ steps: [{ at: 0, what: { cut: { how: 'fin' } }, for: 5 }] }, 'steps[0].for'],
    [{ steps: [{ at: 3_000_000, what: { conditions: {} }, for: 3_000_000 }] }, 'steps[0].for'],
  ])('refuses nonsense and names it: %j', (body, field) => {
    expect(parseFaultScript(body)).toMatchObject({ ok: false, field });
  });

  it('takes anything without a throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(typeof parseFaultScript(json).ok).toBe('boolean');
        expect(typeof parseFaultScript({ steps: [json] }).ok).toBe('boolean');
      }),
    );
  });
});
