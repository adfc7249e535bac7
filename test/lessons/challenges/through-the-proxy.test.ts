import { describe, expect, it } from 'vitest';
import { throughTheProxy } from '../../../lessons/challenges/through-the-proxy.ts';
import { perfectLink, type Conditions } from '../../../src/contract/conditions.ts';
import type { Verdict } from '../../../lessons/challenges/challenge.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { WrittenLog } from '../../derive/written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const beat = encodeFrame({ opcode: 1, payload: Uint8Array.of(0x61), maskingKey });
const echo = encodeFrame({ opcode: 1, payload: Uint8Array.of(0x61) });

interface Played {
  /** What is imposed, from so many ms on. */
  imposed?: readonly (readonly [at: number, conditions: Partial<Conditions>])[];
  /** When the client sends a message, ms. */
  beats: readonly number[];
  /** The echo of a message leaves the link up to this time, ms. */
  heardUntil?: number;
}

const behindProxy = [[0, { idleTimeoutMs: 3000 }]] as const;

function judge({ imposed = behindProxy, beats, heardUntil = Infinity }: Played): Verdict {
  const log = new WrittenLog().upgraded(1);
  const seq = (): number => log.events.length + 1;
  for (const [at, conditions] of imposed) {
    log.events.push({ seq: seq(), at, type: 'conditions', conditions: { ...perfectLink, ...conditions } });
  }
  for (const at of beats) {
    log.events.push({ seq: seq(), at, due: at, type: 'bytes', conn: 1, from: 'client', bytes: beat });
    const due = at <= heardUntil ? { due: at + 1 } : {};
    log.events.push({ seq: seq(), at: at + 1, ...due, type: 'bytes', conn: 1, from: 'server', bytes: echo });
  }
  const view = readLog(log.events);
  return throughTheProxy.judge(view.connections, view);
}

const every = (ms: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => (index + 1) * ms);

describe('Through a three-second proxy', () => {
  it('is passed by a heartbeat that is sooner than the proxy, and no chatter', () => {
    expect(judge({ beats: every(2000, 6) })).toMatchObject({ passed: true, missing: [] });
  });

  it('counts what was sent until it was shown only', () => {
    expect(judge({ beats: [...every(2000, 6), ...every(100, 50).map((at) => 12_000 + at)] }).passed).toBe(
      true,
    );
  });

  it('asks for ten seconds, and for few frames', () => {
    expect(judge({ beats: every(2000, 4) }).missing).toEqual([
      'Connection 1 heard from its server for 8.0 s behind the proxy; 10 s are needed.',
    ]);
    expect(judge({ beats: every(500, 21) }).missing).toEqual(['It sent 20 frames; 10 are allowed.']);
  });

  it('does not take for alive what speaks into the void', () => {
    expect(judge({ beats: every(2000, 6), heardUntil: 4000 }).passed).toBe(false);
  });

  it('does not count a proxy that was lifted meanwhile, one that is more patient, or one that not all meet', () => {
    const lifted = [
      [0, { idleTimeoutMs: 3000 }],
      [3000, {}],
    ] as const;
    expect(judge({ imposed: lifted, beats: every(2000, 6) }).passed).toBe(false);
    expect(judge({ imposed: [[0, { idleTimeoutMs: 5000 }]], beats: every(2000, 6) }).passed).toBe(false);
    const some = { idleTimeoutMs: 3000, probability: 0.5 };
    expect(judge({ imposed: [[0, some]], beats: every(2000, 6) }).passed).toBe(false);
  });

  it('goes on where other conditions change beside it', () => {
    const changed = [
      [0, { idleTimeoutMs: 3000 }],
      [5000, { idleTimeoutMs: 2500, latencyMs: 20 }],
    ] as const;
    expect(judge({ imposed: changed, beats: every(2000, 6) }).passed).toBe(true);
  });

  it('says what to do where nothing was imposed, or nothing sent', () => {
    expect(judge({ imposed: [], beats: every(2000, 6) }).missing.join()).toContain('imposed');
    expect(judge({ beats: [] }).missing.join()).toContain('No connection');
  });
});
