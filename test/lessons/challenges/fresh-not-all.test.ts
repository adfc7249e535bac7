import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../lessons/challenges/challenge.ts';
import { freshNotAll } from '../../../lessons/challenges/fresh-not-all.ts';
import { perfectLink, type Conditions } from '../../../src/contract/conditions.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { WrittenLog } from '../../derive/written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);

interface Played {
  imposed?: Partial<Conditions>;
  /** The numbers of the messages that arrive, and how long each is in the link, ms. */
  numbers: readonly number[];
  underWayMs?: (index: number) => number;
}

const thin = { bytesPerSecond: 262_144, direction: 'client' } as const;

function judge({ imposed = thin, numbers, underWayMs = () => 500 }: Played): Verdict {
  const log = new WrittenLog().upgraded(1);
  const seq = (): number => log.events.length + 1;
  log.events.push({ seq: seq(), at: 0, type: 'conditions', conditions: { ...perfectLink, ...imposed } });
  for (const [index, n] of numbers.entries()) {
    const at = 100 + index * 60;
    const payload = new TextEncoder().encode(JSON.stringify({ n, pad: '' }));
    const bytes = encodeFrame({ opcode: 1, payload, maskingKey });
    log.events.push({
      seq: seq(),
      at,
      due: at + underWayMs(index),
      type: 'bytes',
      conn: 1,
      from: 'client',
      bytes,
    });
  }
  const view = readLog(log.events);
  return freshNotAll.judge(view.connections, view);
}

const every = (step: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => 1 + index * step);

describe('Fresh, not all', () => {
  it('is passed by messages that are fresh, and far between', () => {
    expect(judge({ numbers: every(5, 30) })).toMatchObject({ passed: true, missing: [] });
  });

  it('asks for thirty in a row', () => {
    expect(judge({ numbers: every(5, 29) }).missing.join()).toContain('30 are needed');
    const stale = (index: number): number => (index === 15 ? 1001 : 500);
    expect(judge({ numbers: every(9, 40), underWayMs: stale }).passed).toBe(false);
  });

  it('asks for more than the link takes: a slow talker passes nothing by', () => {
    expect(judge({ numbers: every(1, 60) }).missing.join()).toContain('than the link can carry');
  });

  it('counts a thin link only, for the client, and for every connection', () => {
    for (const imposed of [
      {},
      { bytesPerSecond: 400_000 },
      { ...thin, direction: 'server' },
      { ...thin, probability: 0.5 },
    ] as const) {
      expect(judge({ imposed, numbers: every(5, 30) }).passed).toBe(false);
    }
  });

  it('says what to do where nothing came', () => {
    expect(judge({ numbers: [] }).missing.join()).toContain('No numbered message');
    expect(judge({ numbers: every(5, 30), underWayMs: () => 4000 }).missing.join()).toContain('No numbered');
  });
});
