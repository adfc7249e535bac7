import { expect, it } from 'vitest';
import { readLog } from '../../../src/derive/log-reader.ts';
import { freeNames } from '../../../src/widgets/chat-bench/chat-store.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from '../../derive/written-log.ts';

const joined = (log: WrittenLog, conn: number, name: string): WrittenLog => {
  const request = new TextDecoder().decode(sampleRequest).replaceAll('\r\n', '\n');
  return log
    .open(conn, `/labs/x/chat?name=${name}`)
    .bytes(conn, 'client', wire(request.replace('/labs/x/echo', `/labs/x/chat?name=${name}`)))
    .bytes(conn, 'server', sampleResponse);
};

it('offers two names that nobody has who is in the room', () => {
  const log = joined(joined(new WrittenLog(), 1, 'alice'), 2, 'Carol');
  expect(freeNames(readLog(log.events).connections)).toEqual(['Bob', 'Dave']);
  log.end(1, 'client');
  expect(freeNames(readLog(log.events).connections)).toEqual(['Alice', 'Bob']);
  expect(freeNames([])).toEqual(['Alice', 'Bob']);
});
