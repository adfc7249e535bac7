import { describe, expect, it } from 'vitest';
import { heartByHand } from '../../../lessons/challenges/heart-by-hand.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { sampleRequest, sampleResponse, WrittenLog } from '../../derive/written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0x61);

interface Played {
  answers: number;
  ownLength: number;
  path?: string | null;
  masked?: boolean;
}

/** A connection whose client answered so many pings, and had one of its own answered. */
function judge({ answers, ownLength, path = null, masked = true }: Played) {
  const key = masked ? { maskingKey } : {};
  const log = new WrittenLog()
    .open(1, path)
    .bytes(1, 'client', sampleRequest)
    .bytes(1, 'server', sampleResponse);
  for (let count = 0; count < 3; count++) {
    log.bytes(1, 'server', encodeFrame({ opcode: 9 }));
    if (count < answers) log.bytes(1, 'client', encodeFrame({ opcode: 10, ...key }));
  }
  log.bytes(1, 'client', encodeFrame({ opcode: 9, payload: bytes(ownLength), maskingKey }));
  log.bytes(1, 'server', encodeFrame({ opcode: 10, payload: bytes(ownLength) }));
  return heartByHand.judge(readLog(log.events).connections);
}

describe('Keep your own heart beating', () => {
  it('is passed by three answers and a ping of 125 bytes that came back', () => {
    expect(judge({ answers: 3, ownLength: 125 })).toMatchObject({ passed: true, missing: [] });
  });

  it('names what is missing', () => {
    expect(judge({ answers: 2, ownLength: 125 }).missing).toEqual([
      '2 of the server’s pings were answered; 3 are needed.',
    ]);
    expect(judge({ answers: 3, ownLength: 124 }).missing).toEqual([
      'The longest ping of yours that was answered has 124 bytes, not 125.',
    ]);
    expect(judge({ answers: 3, ownLength: 125, masked: false }).missing).toEqual([
      'It sent an illegal frame.',
    ]);
  });

  it('is not passed by a browser, nor by an empty lab', () => {
    expect(judge({ answers: 3, ownLength: 125, path: '/labs/x/echo' }).passed).toBe(false);
    expect(heartByHand.judge([]).missing.join()).toContain('by hand');
  });
});
