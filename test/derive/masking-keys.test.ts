import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { censusOfKeys, maskedFrames } from '../../src/derive/masking-keys.ts';
import { hex, WrittenLog } from './written-log.ts';

const sending = (...frames: string[]) => {
  const log = new WrittenLog().upgraded(1);
  for (const frame of frames) log.bytes(1, 'client', hex(frame));
  return readLog(log.bytes(1, 'server', hex('81 00')).events).connections;
};

describe('censusOfKeys', () => {
  it('counts nothing in an empty lab', () => {
    expect(censusOfKeys([])).toEqual({ frames: 0, keys: 0, expectedPairs: 0 });
  });

  it('counts the masked frames of clients and their different keys, not the unmasked ones', () => {
    const connections = sending('81 80 01020304', '81 80 01020304', '8a 80 01020305', '81 00');
    expect(censusOfKeys(connections)).toEqual({ frames: 3, keys: 2, expectedPairs: 3 / 2 ** 32 });
    expect(maskedFrames(connections).map(({ index }) => index)).toEqual([1, 2, 3]);
  });
});
