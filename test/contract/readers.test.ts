import { describe, expect, it } from 'vitest';
import {
  parseReadersRequest,
  parseReadersStatus,
  slowPolicies,
  type HeldFor,
  type SlowBot,
} from '../../src/contract/readers.ts';

const held: HeldFor = {
  conn: 3,
  slow: 'drop',
  isOpen: true,
  sent: 10,
  dropped: 2,
  replaced: 0,
  bufferedBytes: 0,
  peakBufferedBytes: 700,
};
const bot: SlowBot = { slow: 'none', phase: 'stalled', messages: 0, missed: 0, newest: 0, closeCode: null };

describe('parseReadersRequest', () => {
  it('fills in what is not named, and names each policy once, in their order', () => {
    expect(parseReadersRequest({})).toMatchObject({ ok: true, value: { slow: slowPolicies, everyMs: 20 } });
    expect(parseReadersRequest({ slow: ['drop', 'none', 'drop'] })).toMatchObject({
      value: { slow: ['none', 'drop'] },
    });
  });

  it.each([
    [null, 'body'],
    [[], 'body'],
    [{ slow: 'drop' }, 'slow'],
    [{ slow: [null] }, 'slow'],
    [{ size: -1 }, 'size'],
    [{ everyMs: 10.5 }, 'everyMs'],
    [{ stallMs: Number.NaN }, 'stallMs'],
    [{ who: 'me' }, 'who'],
  ])('refuses %j by name', (body, field) => {
    expect(parseReadersRequest(body)).toMatchObject({ ok: false, field });
  });
});

describe('parseReadersStatus', () => {
  it('reads an answer', () => {
    const status = { held: [held], bots: [bot, { ...bot, phase: 'ended', closeCode: 1006 }] };
    expect(parseReadersStatus(status)).toEqual({ ok: true, value: status });
  });

  it.each([
    [undefined, 'body'],
    [{ held: [] }, 'body'],
    [{ held: [{ ...held, sent: '10' }], bots: [] }, 'held'],
    [{ held: [{ ...held, slow: 'die' }], bots: [] }, 'held'],
    [{ held: [], bots: [{ ...bot, phase: 'asleep' }] }, 'bots'],
    [{ held: [], bots: [{ ...bot, closeCode: '1006' }] }, 'bots'],
  ])('refuses %j by name', (body, field) => {
    expect(parseReadersStatus(body)).toMatchObject({ ok: false, field });
  });
});
