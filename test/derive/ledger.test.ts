import { expect, it } from 'vitest';
import { ledger } from '../../src/derive/ledger.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse, WrittenLog } from './written-log.ts';

it('parts the bytes of a connection into handshake, frame headers and payload; together they are all of them', () => {
  const log = new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', hex('818537fa213d7f9f4d5158'))
    .bytes(1, 'server', hex('810548656c6c6f'))
    .bytes(1, 'server', hex('8900'));
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log holds no connection');
  const { client, server } = ledger(connection);
  expect(client).toEqual({
    handshakeBytes: sampleRequest.length,
    frames: 1,
    frameHeaderBytes: 6,
    payloadBytes: 5,
  });
  expect(server).toEqual({
    handshakeBytes: sampleResponse.length,
    frames: 2,
    frameHeaderBytes: 4,
    payloadBytes: 5,
  });
  for (const [side, stream] of [
    [client, connection.client],
    [server, connection.server],
  ] as const) {
    expect(side.handshakeBytes + side.frameHeaderBytes + side.payloadBytes).toBe(stream.byteCount);
  }
});
