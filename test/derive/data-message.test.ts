import { describe, expect, it } from 'vitest';
import { dataMessages } from '../../src/derive/data-message.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

const messagesOf = (log: WrittenLog) => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  return dataMessages(connection).map(({ from, frames, isFinished, headerBytes, payloadBytes, pieces }) => ({
    from,
    indexes: frames.map(({ index }) => index),
    isFinished,
    headerBytes,
    payloadBytes,
    pieces,
  }));
};

describe('dataMessages', () => {
  it('puts fragments together, leaves control frames out and keeps the two sides apart', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'client', hex('0182 00000000 6868'))
      .bytes(1, 'server', hex('8101 61'))
      .bytes(1, 'client', hex('8980 00000000'))
      .bytes(1, 'client', hex('8081 00000000 68'));
    expect(messagesOf(log)).toEqual([
      { from: 'client', indexes: [1, 4], isFinished: true, headerBytes: 12, payloadBytes: 3, pieces: 3 },
      { from: 'server', indexes: [2], isFinished: true, headerBytes: 2, payloadBytes: 1, pieces: 1 },
    ]);
  });

  it('counts the pieces of TCP, whatever they have to do with frames', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .bytes(1, 'server', hex('8101'))
      .bytes(1, 'server', hex('61 8101 62 81'))
      .bytes(1, 'server', hex('01 63'));
    expect(messagesOf(log).map(({ pieces }) => pieces)).toEqual([2, 1, 2]);
  });

  it('shows a message that is not finished, and ends it where another begins', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', hex('0101 61 8101 62 8001 63'));
    expect(messagesOf(log)).toMatchObject([
      { indexes: [1], isFinished: false },
      { indexes: [2], isFinished: true },
    ]);
  });
});
