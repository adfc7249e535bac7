import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fates } from '../../../src/derive/message-fate.ts';
import {
  carriesReport,
  fragmentOf,
  parseReport,
} from '../../../src/widgets/resilience-lab/report-address.ts';
import type { Report } from '../../../src/widgets/resilience-lab/report.ts';
import { bareSettings, partNames, withParts } from '../../../src/widgets/resilience-lab/settings.ts';

const side = fc.record({
  totals: fc.record({
    messages: fc.nat(),
    applied: fc.nat(),
    lost: fc.nat(),
    givenUp: fc.nat(),
    doubled: fc.nat(),
    late: fc.nat(),
    outOfOrder: fc.nat(),
    inSnapshot: fc.nat(),
    underWay: fc.nat(),
    resent: fc.nat(),
    longestMs: fc.nat(),
  }),
  fates: fc.array(fc.record({ fate: fc.constantFrom(...fates), count: fc.integer({ min: 1, max: 200 }) }), {
    maxLength: 40,
  }),
});
const report: fc.Arbitrary<Report> = fc.record({
  settings: fc.subarray([...partNames]).map((on) => withParts(bareSettings, on)),
  lengthMs: fc.nat(),
  reconnects: fc.nat(),
  longestGapMs: fc.nat(),
  client: side,
  server: side,
});

describe('A report in an address', () => {
  it('is the same when it is read again, from the fragment or from the whole address', () => {
    fc.assert(
      fc.property(report, (drawn) => {
        const fragment = fragmentOf(drawn);
        expect(parseReport(`#${fragment}`)).toEqual({ ok: true, value: drawn });
        expect(parseReport(`http://127.0.0.1/x/#${fragment} `)).toEqual({ ok: true, value: drawn });
        expect(carriesReport(fragment)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('is refused with a sentence where it is cut off, changed, or none, and never throws', () => {
    fc.assert(
      fc.property(report, fc.nat(), fc.string(), (drawn, place, text) => {
        const fragment = fragmentOf(drawn);
        const cut = parseReport(fragment.slice(0, place % fragment.length));
        expect(cut.ok || cut.message.length > 10).toBe(true);
        expect(cut.ok).toBe(false);
        expect(parseReport(`#report=${text}`).ok).toBe(false);
      }),
      { numRuns: 50 },
    );
    expect(parseReport('http://127.0.0.1/')).toMatchObject({ ok: false, field: 'address' });
    expect(parseReport(`#report=${'A'.repeat(70_000)}`)).toMatchObject({ ok: false, field: 'address' });
  });

  it.each([
    ['script', { ...bareSettings, script: 'nowhere' }],
    ['queue.whenFull', { ...bareSettings, queue: { ...bareSettings.queue, whenFull: 'explode' } }],
    ['reconnect.jitter', { ...bareSettings, reconnect: { ...bareSettings.reconnect, jitter: '' } }],
    ['heartbeat', { ...bareSettings, heartbeat: null }],
    ['everyMs', { ...bareSettings, everyMs: '1' }],
    ['colour', { ...bareSettings, colour: 'red' }],
  ])('names the setting %s that is wrong', (field, settings) => {
    const [drawn] = fc.sample(report, 1);
    if (!drawn) throw new Error('a report is drawn');
    const fragment = fragmentOf({ ...drawn, settings: settings as Report['settings'] });
    expect(parseReport(fragment)).toMatchObject({ ok: false, field });
  });
});
