import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { conditionNames, perfectLink, type Conditions } from '../../src/contract/conditions.ts';
import { faultPresets } from '../../src/contract/fault-presets.ts';
import {
  conditionsSentence,
  faultWords,
  imposedPhrases,
  waitWords,
} from '../../src/derive/condition-words.ts';

const sentence = (conditions: Partial<Conditions>): string =>
  conditionsSentence({ ...perfectLink, ...conditions });

describe('conditionsSentence', () => {
  it('calls a perfect link so', () => {
    expect(sentence({})).toBe('Perfect link');
  });

  it.each<[Partial<Conditions>, string]>([
    [{ latencyMs: 200 }, 'Imposed: 200 ms each way'],
    [{ latencyMs: 200, jitterMs: 50 }, 'Imposed: 200-250 ms each way'],
    [{ latencyMs: 800, jitterMs: 400 }, 'Imposed: 800 ms to 1.2 s each way'],
    [{ jitterMs: 150 }, 'Imposed: up to 150 ms each way'],
    [
      { latencyMs: 20, lossPercent: 2.5, direction: 'client' },
      'Imposed: client’s bytes: 20 ms on the way, 2.5 % loss',
    ],
    [{ bytesPerSecond: 20_000, sliceBytes: 1 }, 'Imposed: 20,000 bytes/s, pieces of 1 byte'],
    [{ cutAfterBytes: 1000, cutHow: 'rst' }, 'Imposed: RST after 1,000 bytes'],
    [{ frozen: 'both' }, 'Imposed: frozen'],
    [{ frozen: 'server' }, 'Imposed: server’s bytes frozen'],
    [{ idleTimeoutMs: 60_000 }, 'Imposed: idle 60 s → forgotten'],
    [{ idleTimeoutMs: 600_000, idleAction: 'fin' }, 'Imposed: idle 10 min → FIN'],
    [
      { slowCloseMs: 1500, upgrade: 'strip', accept: false },
      'Imposed: FIN 1.5 s late, Upgrade stripped, server down',
    ],
    [{ dropMessages: 0.1, messageDirection: 'client' }, 'Imposed: 10 % of client’s messages dropped'],
    [
      { reorderMessages: 1, duplicateMessages: 0.5 },
      'Imposed: 50 % of messages doubled, 100 % of messages overtaken',
    ],
    [{ frozen: 'client', probability: 0.3 }, 'Imposed: client’s bytes frozen, on 30 % of connections'],
  ])('says %o', (conditions, words) => {
    expect(sentence(conditions)).toBe(words);
  });

  it('does not name what has no effect', () => {
    expect(
      sentence({ direction: 'client', idleAction: 'rst', cutHow: 'rst', messageDirection: 'server' }),
    ).toBe('Perfect link');
    expect(sentence({ probability: 0.5 })).toBe('Perfect link');
  });

  it('names every condition that has an effect by itself', () => {
    const loud: Partial<Conditions> = {
      latencyMs: 1,
      jitterMs: 1,
      bytesPerSecond: 1,
      lossPercent: 1,
      sliceBytes: 1,
      frozen: 'both',
      idleTimeoutMs: 1,
      cutAfterBytes: 1,
      slowCloseMs: 1,
      upgrade: 'strip',
      accept: false,
      dropMessages: 1,
      duplicateMessages: 1,
      reorderMessages: 1,
    };
    fc.assert(
      fc.property(
        fc.subarray(
          conditionNames.filter((name) => name in loud),
          { minLength: 1 },
        ),
        (names) => {
          const some = Object.fromEntries(names.map((name) => [name, loud[name]]));
          expect(imposedPhrases({ ...perfectLink, ...some }).length).toBeGreaterThan(0);
        },
      ),
    );
  });
});

describe('faultWords', () => {
  it('has words for every step of every preset', () => {
    for (const { steps } of Object.values(faultPresets)) {
      for (const { what } of steps) expect(faultWords(what)).not.toBe('perfect link');
    }
  });

  it('tells what is done at once', () => {
    expect(faultWords({ cut: { how: 'rst' } })).toBe('cut with RST');
    expect(faultWords({ cut: { how: 'close', code: 1001 } })).toBe('the server closes with 1001');
    expect(faultWords({ cut: { how: 'terminate' } })).toBe('the server lets go of TCP');
    expect(faultWords({ restart: { overMs: 2000, downMs: 4000 } })).toBe(
      'restart with 1012 over 2 s, down for 4 s',
    );
    expect(faultWords({ message: { what: 'drop', from: 'client' } })).toBe(
      'drop the next message of the client',
    );
    expect(faultWords({ conditions: { frozen: 'no' } })).toBe('perfect link');
  });
});

describe('waitWords', () => {
  it('takes the unit in which a person would set it', () => {
    expect([0, 0.5, 999, 1000, 90_000, 120_000, 86_400_000].map(waitWords)).toEqual([
      '0 ms',
      '0.5 ms',
      '999 ms',
      '1 s',
      '90 s',
      '2 min',
      '1440 min',
    ]);
  });
});
