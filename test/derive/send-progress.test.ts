import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { numberIn, sendProgress } from '../../src/derive/send-progress.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { WrittenLog } from './written-log.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const frame = (text: string): Uint8Array =>
  encodeFrame({ opcode: 1, payload: bytes(text), maskingKey: Uint8Array.of(9, 8, 7, 6) });

describe('numberIn', () => {
  it.each([
    ['{"n":12,"pad":"…"}', 12],
    ['{"type":"message","id":3,"data":"{\\"n\\":45,\\"pad\\":\\"..\\"}"}', 45],
    ['{"type":"hello","session":"a"}', undefined],
    ['{"n":"12"}', undefined],
    ['', undefined],
  ])('reads %s', (text, number) => {
    expect(numberIn(bytes(text))).toBe(number);
  });
});

describe('sendProgress', () => {
  it('tells what is in the link from what has arrived', () => {
    const log = new WrittenLog().upgraded(1);
    const send = (text: string, due?: number): void => {
      const seq = log.events.length + 1;
      log.events.push({
        seq,
        at: 5,
        ...(due === undefined ? {} : { due }),
        type: 'bytes',
        conn: 1,
        from: 'client',
        bytes: frame(text),
      });
    };
    send('{"type":"hello"}', 6);
    send('{"n":1}', 7);
    send('{"n":7}', 8);
    send('{"n":8}');
    const [connection] = readLog(log.events).connections;
    expect(connection && sendProgress(connection)).toEqual({
      enteredBytes: 16 + 3 * 7,
      arrivedBytes: 16 + 2 * 7,
      arrived: 3,
      newest: 7,
    });
  });

  it('has nothing to tell of a connection without messages', () => {
    const [connection] = readLog(new WrittenLog().upgraded(1).events).connections;
    expect(connection && sendProgress(connection)).toEqual({
      enteredBytes: 0,
      arrivedBytes: 0,
      arrived: 0,
      newest: 0,
    });
  });
});
