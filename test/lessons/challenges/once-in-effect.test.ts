import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../lessons/challenges/challenge.ts';
import { onceInEffect } from '../../../lessons/challenges/once-in-effect.ts';
import { perfectLink, type Conditions } from '../../../src/contract/conditions.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import { messageText } from '../../../src/derive/belief.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../../src/protocol/utf8.ts';
import { sampleRequest, sampleResponse } from '../../derive/written-log.ts';

const mark = 'abcde';
const maskingKey = Uint8Array.of(1, 2, 3, 4);
type Event = WireEvent extends infer One ? (One extends WireEvent ? Omit<One, 'seq'> : never) : never;

interface Played {
  imposed?: Partial<Conditions>;
  isCut?: boolean;
  count?: number;
  notTaken?: number;
  takenTwice?: number;
}

/** A run of messages, one every 100 ms. */
function judge({
  imposed = { dropMessages: 0.1, duplicateMessages: 0.1, messageDirection: 'client' },
  isCut = true,
  count = 40,
  notTaken,
  takenTwice,
}: Played = {}): Verdict {
  const events: Event[] = [{ type: 'conditions', at: 0, conditions: { ...perfectLink, ...imposed } }];
  events.push({ type: 'open', at: 1, conn: 1, path: `/labs/x/stream?every=100&mark=${mark}` });
  events.push({ type: 'bytes', at: 1, due: 1, conn: 1, from: 'client', bytes: sampleRequest });
  events.push({ type: 'bytes', at: 1, due: 1, conn: 1, from: 'server', bytes: sampleResponse });
  for (let number = 1; number <= count; number++) {
    const data = messageText(mark, number);
    const bytes = encodeFrame({ opcode: 1, payload: encodeUtf8(data), maskingKey });
    const at = number * 100;
    events.push({ type: 'bytes', at, due: at, conn: 1, from: 'client', bytes });
    const times = number === notTaken ? 0 : number === takenTwice ? 2 : 1;
    for (let time = 0; time < times; time++) events.push({ type: 'program', at, did: 'took', conn: 1, data });
  }
  if (isCut) events.push({ type: 'end', at: 100 * count + 1, conn: 1, by: 'link', how: 'rst' });
  const view = readLog(events.map((event, index) => ({ seq: index + 1, ...event })));
  return onceInEffect.judge(view.connections, view);
}

describe('Once, in effect', () => {
  it('is passed where each message was taken once, through drops, doubles and a cut', () => {
    expect(judge()).toMatchObject({ passed: true, missing: [] });
  });

  it.each([
    ['nothing was imposed', { imposed: {} }],
    [
      'only the server’s messages were harmed',
      { imposed: { dropMessages: 1, duplicateMessages: 1, messageDirection: 'server' } },
    ],
    ['nothing was cut', { isCut: false }],
    ['few were sent', { count: 10 }],
    ['one was lost', { notTaken: 7 }],
    ['one was taken twice', { takenTwice: 7 }],
  ] as [string, Played][])('is not passed where %s', (_, played) => {
    expect(judge(played).passed).toBe(false);
    expect(judge(played).missing).toHaveLength(1);
  });

  it('is not passed before anything has run', () => {
    expect(onceInEffect.judge([]).passed).toBe(false);
  });
});
