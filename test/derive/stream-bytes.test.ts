import { expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { streamBytes } from '../../src/derive/stream-bytes.ts';
import { hex, WrittenLog } from './written-log.ts';

it('streamBytes joins what came in several chunks, and cuts off what has not come', () => {
  const log = new WrittenLog().open(1).bytes(1, 'client', hex('00 01')).bytes(1, 'client', hex('02 03 04'));
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('one connection');
  expect(streamBytes(connection.client, { start: 1, end: 4 })).toEqual(hex('01 02 03'));
  expect(streamBytes(connection.client, { start: 4, end: 9 })).toEqual(hex('04'));
  expect(streamBytes(connection.client, { start: 7, end: 9 })).toEqual(hex(''));
});
