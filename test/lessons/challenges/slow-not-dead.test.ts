import { describe, expect, it } from 'vitest';
import { slowNotDead } from '../../../lessons/challenges/slow-not-dead.ts';
import { perfectLink } from '../../../src/contract/conditions.ts';
import type { Verdict } from '../../../lessons/challenges/challenge.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../../src/protocol/utf8.ts';
import { WrittenLog } from '../../derive/written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const close = encodeFrame({ opcode: 8, payload: new Uint8Array(0), maskingKey });
const ping = (id: number): { opcode: number; payload: Uint8Array } => ({
  opcode: 1,
  payload: encodeUtf8(JSON.stringify({ type: 'ping', id })),
});

/** A page that asks, gets its answers so late, ms; then the freeze at 20 s, and the page's Close at some time. */
function judge(roundTrips: readonly number[], leftAt?: number, frozen: 'both' | 'client' = 'both'): Verdict {
  const log = new WrittenLog().upgraded(1);
  const conn = 1;
  const seq = (): number => log.events.length + 1;
  for (const [index, roundTrip] of roundTrips.entries()) {
    const at = 1000 + index * 3000;
    const frame = ping(index + 1);
    const asked = encodeFrame({ ...frame, maskingKey });
    log.events.push({ seq: seq(), at, due: at, type: 'bytes', conn, from: 'client', bytes: asked });
    const due = at + roundTrip;
    log.events.push({ seq: seq(), at, due, type: 'bytes', conn, from: 'server', bytes: encodeFrame(frame) });
  }
  log.events.push({ seq: seq(), at: 20_000, type: 'conditions', conditions: { ...perfectLink, frozen } });
  if (leftAt !== undefined) {
    log.events.push({ seq: seq(), at: leftAt, type: 'bytes', conn, from: 'client', bytes: close });
  }
  const view = readLog(log.events);
  return slowNotDead.judge(view.connections, view);
}

describe('Slow is not dead', () => {
  it('is passed by who bears three slow answers and leaves in time', () => {
    expect(judge([1600, 1600, 1600], 23_500)).toMatchObject({ passed: true, missing: [] });
  });

  it('is not passed by who leaves too late, or never', () => {
    expect(judge([1600, 1600, 1600], 24_500).missing[0]).toContain('4.5 s after the freeze');
    expect(judge([1600, 1600, 1600]).missing[0]).toContain('has not left');
  });

  it('counts slow answers only', () => {
    expect(judge([1600, 10, 1600], 23_000).missing[0]).toContain('2 answers');
  });

  it('wants both sides frozen, and after that', () => {
    expect(judge([1600, 1600, 1600], 23_000, 'client').passed).toBe(false);
  });

  it('says where to begin', () => {
    expect(slowNotDead.judge([])).toMatchObject({ passed: false, seen: [] });
  });
});
