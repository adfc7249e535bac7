import { describe, expect, it } from 'vitest';
import { readLog } from '../../src/derive/log-reader.ts';
import { bytesOf, RaceLedgerReader } from '../../src/derive/race-ledger.ts';
import {
  pictureOfRequests,
  pictureOfSockets,
  type TransportPicture,
} from '../../src/derive/transport-picture.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../src/protocol/utf8.ts';
import { sampleResponse, wire, WrittenLog } from './written-log.ts';

const poll = (query = 'mark=a'): Uint8Array => wire(`GET /labs/x/feed/poll?${query} HTTP/1.1\nHost: x\n\n`);
const answer = (ids: readonly number[]): Uint8Array => {
  const messages = ids.map((id) => ({ id, bornAt: 1, payload: 'x' }));
  const body = JSON.stringify({ messages, next: ids.at(-1) ?? 0 });
  return wire(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n${body}`);
};
const maskingKey = Uint8Array.of(1, 2, 3, 4);
const text = (words: string, key?: Uint8Array): Uint8Array =>
  encodeFrame({ opcode: 1, payload: encodeUtf8(words), ...(key ? { maskingKey: key } : {}) });

const isOurs = (target: string): boolean => target.includes('mark=a');
const outline = ({ steps }: TransportPicture): string[] =>
  steps.map((step) => `${String(step.conn)} ${step.kind}${'from' in step ? ` ${step.says}` : ''}`);

describe('pictureOfRequests', () => {
  it('draws polls on the connections that carried them, with the news that they brought', () => {
    const log = new WrittenLog()
      .open(1, '/labs/x/feed/poll')
      .bytes(1, 'client', poll())
      .bytes(1, 'server', answer([]))
      .bytes(1, 'client', poll())
      .bytes(1, 'server', answer([1, 2]))
      .open(2, '/labs/x/feed/poll')
      .bytes(2, 'client', poll())
      .bytes(2, 'server', answer([3]))
      .end(2, 'server');
    const picture = pictureOfRequests(readLog(log.events).connections, isOurs);
    expect(outline(picture)).toEqual([
      '1 opened',
      '1 request GET /labs/…/feed/poll',
      '1 response 200 OK, news: 0',
      '1 request GET /labs/…/feed/poll',
      '1 response 200 OK, news: 2',
      '2 opened',
      '2 request GET /labs/…/feed/poll',
      '2 response 200 OK, news: 1',
      '2 ended',
    ]);
    expect(picture.totals).toMatchObject({ connections: 2, requests: 3, messages: 3 });
  });

  it('says of a connection that others have used before that it was open, and nothing of their requests', () => {
    const log = new WrittenLog()
      .open(1, '/labs/x/feed/poll')
      .bytes(1, 'client', poll('mark=b'))
      .bytes(1, 'server', answer([]))
      .bytes(1, 'client', poll())
      .bytes(1, 'server', answer([]))
      .bytes(1, 'client', poll('mark=c'))
      .bytes(1, 'server', answer([]))
      .end(1, 'client');
    const { steps } = pictureOfRequests(readLog(log.events).connections, isOurs);
    expect(steps.map(({ kind, at }) => [kind, at])).toEqual([
      ['reused', 3],
      ['request', 3],
      ['response', 4],
    ]);
  });

  it('counts a poll that is answered 304, and takes no other answer for news', () => {
    const log = new WrittenLog()
      .open(1)
      .bytes(1, 'client', poll())
      .bytes(1, 'server', wire('HTTP/1.1 304 Not Modified\n\n'))
      .bytes(1, 'client', poll())
      .bytes(1, 'server', wire('HTTP/1.1 200 OK\nContent-Length: 4\n\noops'));
    expect(outline(pictureOfRequests(readLog(log.events).connections, isOurs)).slice(1)).toEqual([
      '1 request GET /labs/…/feed/poll',
      '1 response 304 Not Modified, news: 0',
      '1 request GET /labs/…/feed/poll',
      '1 response 200 OK',
    ]);
  });
});

describe('pictureOfSockets', () => {
  const log = new WrittenLog()
    .open(1, '/labs/x/feed?mark=a')
    .bytes(
      1,
      'client',
      wire(
        'GET /labs/x/feed?mark=a HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\nSec-WebSocket-Version: 13\n\n',
      ),
    )
    .bytes(1, 'server', sampleResponse)
    .bytes(1, 'server', text('news'))
    .bytes(1, 'client', text('hello', maskingKey))
    .bytes(1, 'client', encodeFrame({ opcode: 8, payload: new Uint8Array(0), maskingKey }))
    .end(1, 'server');
  const { connections } = readLog(log.events);

  it('draws the handshake, each message with its header, the Close, and the end', () => {
    const picture = pictureOfSockets(connections, isOurs);
    expect(picture.steps.map(({ kind }) => kind)).toEqual([
      ...['opened', 'request', 'response', 'message', 'message', 'control', 'ended'],
    ]);
    expect(picture.totals).toMatchObject({
      connections: 1,
      requests: 1,
      messages: 2,
      server: { headBytes: sampleResponse.length + 2, payloadBytes: 4 },
      client: { payloadBytes: 5 },
    });
  });

  it('counts the same bytes as the ledger of a race', () => {
    const ledger = new RaceLedgerReader({ labPath: '/labs/x', since: 0 }).read(connections);
    const { client, server } = pictureOfSockets(connections, isOurs).totals;
    const sum = client.headBytes + client.payloadBytes + server.headBytes + server.payloadBytes;
    expect(bytesOf(ledger.webSocket)).toBe(sum);
  });

  it('is empty where nothing is ours', () => {
    expect(pictureOfSockets(connections, () => false)).toMatchObject({
      steps: [],
      totals: { connections: 0, messages: 0 },
    });
  });
});
