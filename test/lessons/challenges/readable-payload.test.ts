import { describe, expect, it } from 'vitest';
import { readablePayload } from '../../../lessons/challenges/readable-payload.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { hex, WrittenLog } from '../../derive/written-log.ts';

const echo = '81 05 68656c6c6f';
const judge = (...frames: [from: 'client' | 'server', bytes: string][]) => {
  const log = new WrittenLog().upgraded(1);
  for (const [from, bytes] of frames) log.bytes(1, from, hex(bytes));
  return readablePayload.judge(readLog(log.events).connections);
};

describe('Masked, and still legible', () => {
  it('is passed by a key of zeros and an echo', () => {
    expect(judge(['client', '81 85 00000000 68656c6c6f'], ['server', echo])).toMatchObject({
      passed: true,
      missing: [],
    });
  });

  it('is not passed by an unmasked frame, by noise, by a short text or without an echo', () => {
    expect(judge(['client', '81 05 68656c6c6f'], ['server', echo]).missing.join()).toContain('MASK bit is 0');
    expect(judge(['client', '81 85 37fa213d 5f9f4d5158'], ['server', echo]).missing.join()).toContain(
      'unreadable',
    );
    expect(judge(['client', '81 82 00000000 6869'], ['server', '81 02 6869']).missing).toEqual([
      'It is shorter than 5 bytes.',
    ]);
    expect(judge(['client', '81 85 00000000 68656c6c6f']).missing).toEqual(['The server has not echoed it.']);
    expect(judge(['server', echo], ['client', '81 85 00000000 68656c6c6f']).passed).toBe(false);
  });

  it('says what to do in an empty lab, and judges the best attempt', () => {
    expect(readablePayload.judge([]).missing).toEqual(['No client has sent a text message yet.']);
    expect(
      judge(['client', '81 85 00000000 68656c6c6f'], ['server', echo], ['client', '81 81 01010101 00'])
        .passed,
    ).toBe(true);
  });
});
