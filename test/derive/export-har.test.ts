import { describe, expect, it } from 'vitest';
import { exportHar } from '../../src/derive/export-har.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, sampleRequest, wire, WrittenLog } from './written-log.ts';

interface Har {
  log: {
    version: string;
    entries: {
      startedDateTime: string;
      request: {
        method: string;
        url: string;
        headers: { name: string; value: string }[];
        headersSize: number;
        postData?: { text: string };
      };
      response: { status: number; content: { text: string } };
      _webSocketMessages?: { type: string; time: number; opcode: number; data: string }[];
    }[];
  };
}

const harOf = (log: WrittenLog, startedAt = 0): Har =>
  JSON.parse(exportHar(readLog(log.events), startedAt)) as Har;

describe('exportHar', () => {
  it('has the handshake, and the messages as Chrome writes them', () => {
    const startedAt = Date.UTC(2026, 10, 23);
    const { log } = harOf(
      new WrittenLog()
        .upgraded(1)
        .bytes(1, 'client', hex('81 85 37fa213d 7f9f4d5158'))
        .bytes(1, 'server', hex('01 02 4865'))
        .bytes(1, 'server', hex('89 00'))
        .bytes(1, 'server', hex('80 03 6c6c6f'))
        .bytes(1, 'server', hex('82 03 010203')),
      startedAt,
    );
    expect(log.version).toBe('1.2');
    const [entry] = log.entries;
    expect(entry?.startedDateTime).toBe('2026-11-23T00:00:00.000Z');
    expect(entry?.request).toMatchObject({
      method: 'GET',
      url: 'ws://127.0.0.1:4321/labs/x/echo',
      headersSize: sampleRequest.length,
    });
    expect(entry?.request.headers).toContainEqual({ name: 'Upgrade', value: 'websocket' });
    expect(entry?.response).toMatchObject({ status: 101 });
    expect(entry?._webSocketMessages).toEqual([
      { type: 'send', time: (startedAt + 3) / 1000, opcode: 1, data: 'Hello' },
      { type: 'receive', time: (startedAt + 6) / 1000, opcode: 1, data: 'Hello' },
      { type: 'receive', time: (startedAt + 7) / 1000, opcode: 2, data: 'AQID' },
    ]);
  });

  it('has an entry for each request on a connection that is kept alive, with its own body', () => {
    const get = (number: number): Uint8Array =>
      wire(`GET /labs/x/feed/poll?since=${String(number)} HTTP/1.1\nHost: here\n\n`);
    const { log } = harOf(
      new WrittenLog()
        .open(1)
        .bytes(1, 'client', get(0))
        .bytes(1, 'server', wire('HTTP/1.1 200 OK\nContent-Length: 3\n\none'))
        .bytes(1, 'client', get(1))
        .bytes(1, 'server', wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\ntwo\n0\n\n'))
        .bytes(1, 'client', wire('POST /labs/x/chat/messages HTTP/1.1\nHost: here\nContent-Length: 2\n\nhi'))
        .bytes(1, 'server', wire('HTTP/1.1 304 Not Modified\nContent-Length: 3\n\n'))
        .bytes(1, 'client', get(3)),
    );
    expect(
      log.entries.map(({ request, response }) => [
        `${request.method} ${request.url}`,
        request.postData?.text,
        response.status,
        response.content.text,
      ]),
    ).toEqual([
      ['GET http://here/labs/x/feed/poll?since=0', undefined, 200, 'one'],
      ['GET http://here/labs/x/feed/poll?since=1', undefined, 200, 'two'],
      ['POST http://here/labs/x/chat/messages', 'hi', 304, ''],
      ['GET http://here/labs/x/feed/poll?since=3', undefined, 0, ''],
    ]);
    const times = log.entries.map(({ startedDateTime }) => startedDateTime);
    expect(times).toEqual(times.toSorted());
    expect(new Set(times).size).toBe(times.length);
  });

  it('keeps a refusal with its body, and leaves out what never asked', () => {
    const refusal = wire('HTTP/1.1 426 Upgrade Required\nContent-Length: 2\n\nno');
    const { log } = harOf(
      new WrittenLog().open(1).bytes(1, 'client', sampleRequest).bytes(1, 'server', refusal).open(2),
    );
    expect(log.entries).toHaveLength(1);
    expect(log.entries[0]?.response).toMatchObject({ status: 426, content: { text: 'no' } });
    expect(log.entries[0]?._webSocketMessages).toBeUndefined();
  });
});
