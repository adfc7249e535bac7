import { describe, expect, it } from 'vitest';
import { rungsOfConnection } from '../../src/derive/ladder.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { rungDetail, rungLabel, rungSentence } from '../../src/derive/rung-text.ts';
import type { Rung } from '../../src/derive/rung.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const rungsOf = (log: WrittenLog): Rung[] => readLog(log.events).connections.flatMap(rungsOfConnection);
const idsOf = (rungs: readonly Rung[]): string[] => rungs.map(({ id }) => id);

const get = (target: string): Uint8Array => wire(`GET ${target} HTTP/1.1\nHost: here\n\n`);
const answer = (text: string): Uint8Array =>
  wire(`HTTP/1.1 200 OK\nContent-Length: ${String(text.length)}\n\n${text}`);

describe('The rungs of HTTP', () => {
  it('show every request and answer of a connection that is kept alive, in the order of time', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', get('/poll?since=0'))
      .bytes(1, 'server', answer('one'))
      .bytes(1, 'client', wire('POST /say HTTP/1.1\nContent-Length: 2\n\nhi'))
      .bytes(1, 'server', wire('HTTP/1.1 304 Not Modified\n\n'))
      .bytes(1, 'client', get('/poll?since=1'))
      .bytes(1, 'server', answer('three'));
    const rungs = rungsOf(log);
    expect(rungs.map(rungLabel)).toEqual([
      'TCP accepted',
      'GET /poll?since=0',
      '200 OK',
      'Body of the response',
      'POST /say',
      'Body of the request',
      '304 Not Modified',
      'GET /poll?since=1',
      '200 OK',
      'Body of the response',
    ]);
    expect(idsOf(rungs).slice(1)).toEqual(
      [
        'request',
        'response',
        'body',
        'request-2',
        'sent-2',
        'response-2',
        'request-3',
        'response-3',
        'body-3',
      ].map((name) => `1.${name}`),
    );
    const crossed = log.events.reduce(
      (sum, event) => sum + (event.type === 'bytes' ? event.bytes.length : 0),
      0,
    );
    expect(rungs.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(crossed);
  });

  it('stand in the phase of HTTP, until one asks for a WebSocket', () => {
    const log = new WrittenLog().open(1).bytes(1, 'client', get('/poll')).bytes(1, 'server', answer('one'));
    expect(rungsOf(log).map(({ phase }) => phase)).toEqual(['tcp', 'http', 'http', 'http']);
    expect(rungsOf(log.bytes(1, 'client', sampleRequest)).at(-1)?.phase).toBe('opening');
  });

  it('keep their ids while the connection grows', () => {
    const one = new WrittenLog().open(1).bytes(1, 'client', get('/poll')).bytes(1, 'server', answer('one'));
    const before = idsOf(rungsOf(one));
    const after = idsOf(rungsOf(one.bytes(1, 'client', get('/poll')).bytes(1, 'server', answer('two'))));
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after).toHaveLength(before.length + 3);
  });

  it('show each chunk of a stream of events when it came, and how it begins', () => {
    const chunk = (text: string): Uint8Array => wire(`${text.length.toString(16)}\n${text}\n`);
    const event = `id: 1\ndata: ${'x'.repeat(80)}\n\n`.replaceAll('\n', '\r\n');
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', get('/events'))
      .bytes(1, 'server', wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n'))
      .bytes(1, 'server', wire(`${event.length.toString(16)}\n`))
      .bytes(1, 'server', new TextEncoder().encode(`${event}\r\n`))
      .bytes(1, 'server', chunk('id: 2 data: two'), 50)
      .bytes(1, 'server', wire('0\n\n'));
    const rungs = rungsOf(log);
    expect(rungs.slice(3).map((rung) => [rung.id, rungLabel(rung), rungDetail(rung)])).toEqual([
      ['1.body.1', 'Chunk of the response', `id: 1 data: ${'x'.repeat(27)}…`],
      ['1.body.2', 'Chunk of the response', 'id: 2 data: two'],
      ['1.body.3', 'Last chunk of the response', ''],
    ]);
    expect(rungs.map(({ at, due }) => [at, due]).slice(3)).toEqual([
      [4, 4],
      [5, 50],
      [6, 6],
    ]);
    expect(rungs.map(rungSentence)[4]).toBe(
      'connection 1, Server to client: Chunk of the response, id: 2 data: two, 20 bytes on the wire, 45.0 ms on the link.',
    );
    const crossed = log.events.reduce(
      (sum, each) => sum + (each.type === 'bytes' ? each.bytes.length : 0),
      0,
    );
    expect(rungs.reduce((sum, { byteCount }) => sum + byteCount, 0)).toBe(crossed);
  });

  it('leave a connection as it is that asks once and becomes a WebSocket', () => {
    const rungs = rungsOf(
      new WrittenLog().open(1).bytes(1, 'client', sampleRequest).bytes(1, 'server', sampleResponse),
    );
    expect(idsOf(rungs)).toEqual(['1.accepted', '1.request', '1.response', '1.open']);
  });
});
