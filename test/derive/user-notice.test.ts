import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientStanding, type ClientEvent } from '../../src/derive/client-event.ts';
import { connectionTelemetry } from '../../src/derive/connection-telemetry.ts';
import { patientMs, quietMs, userNotice } from '../../src/derive/user-notice.ts';

const opened: ClientEvent[] = [
  { at: 0, what: 'connecting' },
  { at: 30, what: 'open' },
];
const lost: ClientEvent[] = [...opened, { at: 1000, what: 'end', code: 1006 }];
const ended = (code: number): ClientEvent[] => [
  ...opened,
  { at: 1000, what: 'end', code },
  { at: 1000, what: 'final' },
];

describe('userNotice', () => {
  it('says nothing while all is well, nor of a blip', () => {
    expect(userNotice([], 0)).toBeUndefined();
    expect(userNotice(opened, 60_000)).toBeUndefined();
    expect(userNotice(lost, 1000 + quietMs - 1)).toBeUndefined();
    expect(userNotice([{ at: 0, what: 'connecting' }], quietMs - 1)).toBeUndefined();
  });

  it('says it quietly, then in earnest with the time to the next attempt, and goes when it is back', () => {
    const trying: ClientEvent[] = [...lost, { at: 1000, what: 'retry', delayMs: 20_000 }];
    expect(userNotice(trying, 1000 + quietMs)).toEqual({ tone: 'quiet', text: 'Reconnecting …' });
    expect(userNotice(trying, 1000 + patientMs)).toMatchObject({
      tone: 'plain',
      action: 'Try now',
      retryInMs: 20_000 - patientMs,
    });
    const back: ClientEvent[] = [...trying, { at: 21_000, what: 'connecting' }, { at: 21_050, what: 'open' }];
    expect(userNotice(back, 21_050)).toBeUndefined();
  });

  it('counts from the first loss, through all attempts', () => {
    const failing: ClientEvent[] = [...lost];
    for (let at = 1500; at < 9000; at += 500) {
      failing.push({ at, what: 'connecting' }, { at: at + 10, what: 'end', code: 1006 });
    }
    expect(userNotice(failing, 1000 + patientMs)?.tone).toBe('plain');
  });

  it('does not call it “re” where it never was there', () => {
    const never: ClientEvent[] = [{ at: 0, what: 'connecting' }];
    expect(userNotice(never, quietMs)?.text).toBe('Connecting …');
    expect(userNotice(never, patientMs)?.text).toContain('Cannot connect');
  });

  it('says at once what the server explained, and what to do', () => {
    expect(userNotice(ended(1009), 1000)).toMatchObject({ tone: 'act', action: 'Connect again' });
    expect(userNotice(ended(4401), 1000)).toMatchObject({ tone: 'act', action: 'Sign in' });
    expect(userNotice(ended(4499), 1000)).toMatchObject({ text: 'The server has ended this session.' });
    expect(userNotice(ended(1006), 1000)).toMatchObject({ action: 'Try again' });
    expect(userNotice(ended(1000), 1000)).toBeUndefined();
  });

  it('says nothing of a message that could not be read', () => {
    expect(userNotice([...opened, { at: 50, what: 'unreadable' }], 60_000)).toBeUndefined();
  });

  it('never shows a number of the protocol to a user, and never anything while open', () => {
    const event = fc.oneof(
      fc
        .constantFrom(...(['connecting', 'open', 'unreadable', 'dead', 'final'] as const))
        .map((what) => ({ what })),
      fc.record({ what: fc.constant('end' as const), code: fc.integer({ min: 1000, max: 4999 }) }),
      fc.record({ what: fc.constant('retry' as const), delayMs: fc.nat(30_000) }),
      fc.record({ what: fc.constant('beat' as const), roundTripMs: fc.nat(1000) }),
    );
    fc.assert(
      fc.property(fc.array(event), fc.nat(60_000), (made, later) => {
        const events = made.map((one, index) => ({ ...one, at: index * 100 }));
        const now = events.length * 100 + later;
        const notice = userNotice(events, now);
        const { downSince, isFinal } = clientStanding(events);
        expect(notice?.text ?? '').not.toMatch(/\d/);
        if (downSince === undefined && !isFinal) expect(notice).toBeUndefined();
        if (notice?.retryInMs !== undefined) expect(notice.retryInMs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('connectionTelemetry', () => {
  it('counts attempts, ends by code, round trips and the longest time away', () => {
    const events: ClientEvent[] = [
      ...opened,
      { at: 500, what: 'beat', roundTripMs: 12.34 },
      { at: 600, what: 'beat', roundTripMs: 40 },
      { at: 700, what: 'beat', roundTripMs: 8 },
      { at: 800, what: 'unreadable' },
      { at: 1000, what: 'dead' },
      { at: 1000, what: 'end', code: 1006 },
      { at: 1500, what: 'connecting' },
      { at: 1510, what: 'end', code: 1006 },
      { at: 3000, what: 'connecting' },
      { at: 3200, what: 'open' },
      { at: 4000, what: 'end', code: 1009 },
    ];
    expect(connectionTelemetry(events, 77, 4100)).toEqual({
      attempts: 3,
      opened: 2,
      slowestOpenMs: 200,
      closeCodes: { 1006: 2, 1009: 1 },
      foundDead: 1,
      roundTripMs: 12.3,
      unreadable: 1,
      longestDownMs: 2200,
      peakBufferedBytes: 77,
    });
  });

  it('counts a time away that is not over', () => {
    expect(connectionTelemetry(lost, 0, 9000).longestDownMs).toBe(8000);
  });
});
