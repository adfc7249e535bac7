import { expect, it } from 'vitest';
import { exchangesOf } from '../../src/derive/http-exchanges.ts';
import { knownExchangesOf } from '../../src/derive/known-exchanges.ts';
import { LogReader } from '../../src/derive/log-reader.ts';
import { wire, WrittenLog } from './written-log.ts';

it('knownExchangesOf reads a connection as it grows, and comes to the same as one who reads all at once', () => {
  const log = new WrittenLog().open(1).open(2);
  for (const conn of [1, 2, 1]) {
    log
      .bytes(conn, 'client', wire(`GET /${String(conn)} HTTP/1.1\n`))
      .bytes(conn, 'client', wire('Host: x\n\n'))
      .bytes(conn, 'server', wire('HTTP/1.1 200 OK\nContent-Length: 2\n\n{'))
      .bytes(conn, 'server', wire('}'));
  }
  const reader = new LogReader();
  for (const event of log.events) {
    reader.read([event]);
    for (const connection of reader.view.connections) {
      expect(knownExchangesOf(connection)).toEqual(exchangesOf(connection));
    }
  }
  expect(reader.view.connections.map((connection) => knownExchangesOf(connection).length)).toEqual([2, 1]);
});
