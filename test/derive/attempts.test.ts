import { describe, expect, it } from 'vitest';
import { attemptsOf } from '../../src/derive/attempts.ts';

describe('attemptsOf', () => {
  it('tells each attempt, what came of it, and the wait that was drawn after it', () => {
    const attempts = attemptsOf([
      { what: 'connecting', at: 0 },
      { what: 'open', at: 10 },
      { what: 'sent', number: 1, at: 20 },
      { what: 'dead', at: 500 },
      { what: 'end', code: 1006, reason: '', wasClean: false, at: 501 },
      { what: 'retry', attempt: 1, delayMs: 250, at: 501 },
      { what: 'connecting', at: 751 },
      { what: 'end', code: 1006, reason: '', wasClean: false, at: 760 },
      { what: 'final', why: 'limit reached', at: 760 },
    ]);
    expect(attempts).toEqual([
      {
        number: 1,
        beganAt: 0,
        openedAt: 10,
        endedAt: 501,
        code: 1006,
        isGivenUp: true,
        delayMs: 250,
        final: undefined,
      },
      {
        number: 2,
        beganAt: 751,
        openedAt: undefined,
        endedAt: 760,
        code: 1006,
        isGivenUp: false,
        delayMs: undefined,
        final: 'limit reached',
      },
    ]);
  });

  it('says nothing of what came before the first', () => {
    expect(attemptsOf([{ what: 'end', code: 1006, reason: '', wasClean: false, at: 1 }])).toEqual([]);
  });
});
