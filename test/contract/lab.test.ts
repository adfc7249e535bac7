import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../src/contract/conditions.ts';
import { parseCut } from '../../src/contract/cut.ts';
import { parseKnownLab, parseScriptStatus } from '../../src/contract/lab.ts';

describe('parseKnownLab', () => {
  const created = { id: 'x', expiresInSeconds: 60, conditions: {}, services: { echo: '/labs/x/echo' } };

  it('reads the answer to the making of a lab: its log is empty', () => {
    expect(parseKnownLab(created)).toEqual({
      ok: true,
      value: { ...created, conditions: perfectLink, lastSeq: 0 },
    });
  });

  it('reads the status of a lab, with the last event of its log', () => {
    expect(parseKnownLab({ ...created, connections: [], log: { lastSeq: 12 } })).toMatchObject({
      value: { lastSeq: 12 },
    });
  });

  it.each([
    [{ ...created, id: 1 }, 'id'],
    [{ ...created, expiresInSeconds: '60' }, 'expiresInSeconds'],
    [{ ...created, services: [] }, 'services'],
    [{ ...created, services: { echo: null } }, 'services.echo'],
    [{ ...created, conditions: undefined }, 'body'],
    [{ ...created, conditions: { upgrade: 'x' } }, 'upgrade'],
    ['x', 'body'],
  ])('refuses %j and names the field', (body, field) => {
    expect(parseKnownLab(body)).toMatchObject({ ok: false, field });
  });
});

describe('parseCut', () => {
  it.each([
    [{ how: 'fin' }],
    [{ how: 'rst', connection: 3 }],
    [{ how: 'close' }],
    [{ how: 'close', code: 1000 }],
    [{ how: 'close', code: 4999, reason: 'x'.repeat(123), connection: 1 }],
    [{ how: 'close', code: 1001, reason: 'é'.repeat(61) }],
  ])('takes %j', (body) => {
    expect(parseCut(body)).toEqual({ ok: true, value: body });
  });

  it.each([
    [null, 'body'],
    [{}, 'how'],
    [{ how: 'FIN' }, 'how'],
    [{ how: 'fin', when: 'now' }, 'when'],
    [{ how: 'fin', code: 1000 }, 'code'],
    [{ how: 'close', code: 1005 }, 'code'],
    [{ how: 'close', code: 1006 }, 'code'],
    [{ how: 'close', code: 1015 }, 'code'],
    [{ how: 'close', code: 1000.5 }, 'code'],
    [{ how: 'close', code: '1000' }, 'code'],
    [{ how: 'close', reason: 'without a code' }, 'reason'],
    [{ how: 'rst', reason: 'x' }, 'reason'],
    [{ how: 'close', code: 1000, reason: 'x'.repeat(124) }, 'reason'],
    [{ how: 'close', code: 1000, reason: 'é'.repeat(62) }, 'reason'],
    [{ how: 'close', code: 1000, reason: 7 }, 'reason'],
    [{ how: 'fin', connection: 0 }, 'connection'],
    [{ how: 'fin', connection: 1.5 }, 'connection'],
    [{ how: 'fin', connection: '1' }, 'connection'],
  ])('refuses %j and names the field', (body, field) => {
    expect(parseCut(body)).toMatchObject({ ok: false, field });
  });

  it('takes or refuses any JSON without an exception', () => {
    const nearly = fc.record(
      {
        how: fc.constantFrom('fin', 'rst', 'close', 1),
        code: fc.jsonValue(),
        reason: fc.jsonValue(),
        connection: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(nearly, fc.jsonValue()), (body) => {
        const parsed = parseCut(body);
        if (!parsed.ok) expect(parsed.message.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('parseScriptStatus', () => {
  const running = {
    name: 'mine',
    steps: [{ at: 0, what: { cut: { how: 'rst' } } }],
    startedAt: 12.5,
    elapsedMs: 3,
  };

  it('reads a script that runs, and that none does', () => {
    expect(parseScriptStatus(running)).toEqual({ ok: true, value: running });
    expect(parseScriptStatus(null)).toEqual({ ok: true, value: null });
  });

  it.each([
    [{ ...running, steps: [] }, 'script.steps'],
    [{ ...running, startedAt: 'now' }, 'script.startedAt'],
    [{ ...running, elapsedMs: undefined }, 'script.elapsedMs'],
    [undefined, 'script'],
  ])('refuses %o by the name of its field', (body, field) => {
    expect(parseScriptStatus(body)).toMatchObject({ ok: false, field });
  });
});
