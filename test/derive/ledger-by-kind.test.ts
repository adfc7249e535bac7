import { describe, expect, it } from 'vitest';
import { ledgerByKind, ledgerTotal } from '../../src/derive/ledger-by-kind.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const { connections } = readLog(
  new WrittenLog()
    .upgraded(1)
    .bytes(1, 'client', hex('81 85 37fa213d 7f9f4d5158'))
    .bytes(1, 'server', hex('81 05 48656c6c6f'))
    .bytes(1, 'client', hex('89 80 00000000'))
    .bytes(1, 'server', hex('8a 00')).events,
);

describe('ledgerByKind', () => {
  it('counts header bytes and payload bytes of each kind and side, the handshake included', () => {
    expect(ledgerByKind(connections)).toEqual([
      {
        kind: 'opening handshake',
        client: { count: 1, headerBytes: sampleRequest.length, payloadBytes: 0 },
        server: { count: 1, headerBytes: sampleResponse.length, payloadBytes: 0 },
      },
      {
        kind: 'text',
        client: { count: 1, headerBytes: 6, payloadBytes: 5 },
        server: { count: 1, headerBytes: 2, payloadBytes: 5 },
      },
      {
        kind: 'ping',
        client: { count: 1, headerBytes: 6, payloadBytes: 0 },
        server: { count: 0, headerBytes: 0, payloadBytes: 0 },
      },
      {
        kind: 'pong',
        client: { count: 0, headerBytes: 0, payloadBytes: 0 },
        server: { count: 1, headerBytes: 2, payloadBytes: 0 },
      },
    ]);
  });

  it('counts each request and answer of a connection that stays with HTTP, and what frames their bodies', () => {
    const head = 'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n';
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', wire('GET /poll HTTP/1.1\n\n'))
      .bytes(1, 'server', wire(`${head}3\none\n0\n\n`))
      .bytes(1, 'client', wire('POST /say HTTP/1.1\nContent-Length: 2\n\nhi'))
      .bytes(1, 'server', wire('HTTP/1.1 204 No Content\n\n'));
    const [row, ...others] = ledgerByKind(readLog(log.events).connections);
    expect(others).toEqual([]);
    expect(row).toEqual({
      kind: 'HTTP',
      client: { count: 2, headerBytes: 22 + 41, payloadBytes: 2 },
      server: { count: 2, headerBytes: wire(head).length + 10 + 27, payloadBytes: 3 },
    });
  });

  it('adds up to every byte that crossed', () => {
    for (const side of ['client', 'server'] as const) {
      const { headerBytes, payloadBytes } = ledgerTotal(ledgerByKind(connections), side);
      expect(headerBytes + payloadBytes).toBe(connections[0]?.[side].byteCount);
    }
  });
});
