import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/derive/connection.ts';
import {
  ExchangeReader,
  exchangesOf,
  type HttpExchange,
  type HttpMessage,
} from '../../src/derive/http-exchanges.ts';
import type { RequestHead, ResponseHead } from '../../src/protocol/http-head.ts';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { cutAt, cuts } from '../protocol/chunking.ts';
import { hex, sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const get = (path: string): Uint8Array => wire(`GET ${path} HTTP/1.1\nHost: x\n\n`);
const ok = (body: string): Uint8Array =>
  wire(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n${body}`);

const connectionOf = (log: WrittenLog): Connection => {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('the log has no connection');
  return connection;
};

/** The parts of exchanges that a test can write down. */
const outline = (exchanges: readonly HttpExchange[]) =>
  exchanges.map(({ request, interim, response, state }) => ({
    asked: request && `${request.head.method} ${request.head.target}`,
    sent: request?.body.contentBytes,
    interim: interim.map(({ head }) => head.statusCode),
    status: response?.head.statusCode,
    got: response?.body.contentBytes,
    framing: response?.body.framingBytes,
    state,
  }));

const polls = (): WrittenLog =>
  new WrittenLog()
    .open(1, '/a')
    .bytes(1, 'client', get('/a'))
    .bytes(1, 'server', ok('{}'))
    .bytes(1, 'client', get('/b'))
    .bytes(1, 'server', wire('HTTP/1.1 204 No Content\n\n'))
    .bytes(1, 'client', wire('POST /c HTTP/1.1\nHost: x\nContent-Length: 4\n\nfour'))
    .bytes(
      1,
      'server',
      wire('HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n0\n\n'),
    )
    .bytes(1, 'client', get('/d'))
    .bytes(1, 'server', wire('HTTP/1.1 304 Not Modified\nETag: "1"\nContent-Length: 9\n\n'))
    .bytes(1, 'client', wire('HEAD /e HTTP/1.1\nHost: x\n\n'))
    .bytes(1, 'server', wire('HTTP/1.1 200 OK\nContent-Length: 9\n\n'));

describe('exchangesOf', () => {
  it('reads the exchanges of a connection that is kept alive, however their bodies are framed', () => {
    expect(outline(exchangesOf(connectionOf(polls())))).toEqual([
      { asked: 'GET /a', sent: 0, interim: [], status: 200, got: 2, framing: 0, state: 'done' },
      { asked: 'GET /b', sent: 0, interim: [], status: 204, got: 0, framing: 0, state: 'done' },
      { asked: 'POST /c', sent: 4, interim: [100], status: 200, got: 3, framing: 10, state: 'done' },
      { asked: 'GET /d', sent: 0, interim: [], status: 304, got: 0, framing: 0, state: 'done' },
      { asked: 'HEAD /e', sent: 0, interim: [], status: 200, got: 0, framing: 0, state: 'done' },
    ]);
  });

  it('gives pipelined requests their answers in order (RFC 9112 §9.3.2)', () => {
    const log = new WrittenLog()
      .open(1, '/a')
      .bytes(1, 'client', Uint8Array.from([...get('/a'), ...get('/b')]))
      .bytes(1, 'server', Uint8Array.from([...ok('one'), ...ok('three')]));
    expect(outline(exchangesOf(connectionOf(log)))).toMatchObject([
      { asked: 'GET /a', got: 3 },
      { asked: 'GET /b', got: 5 },
    ]);
  });

  it('shows an event stream that never ends as an answer under way', () => {
    const log = new WrittenLog()
      .open(1, '/events')
      .bytes(1, 'client', get('/events'))
      .bytes(1, 'server', wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nd\ndata: one\n\n\n'))
      .bytes(1, 'server', wire('d\ndata: two\n\n\n'));
    expect(outline(exchangesOf(connectionOf(log)))).toMatchObject([
      { got: 26, framing: 10, state: 'answering' },
    ]);
  });

  it('stops at a 101 and says where the frames begin', () => {
    const log = new WrittenLog().upgraded(1).bytes(1, 'server', hex('810548656c6c6f'));
    const reader = new ExchangeReader();
    expect(outline(reader.read(connectionOf(log)))).toMatchObject([{ status: 101, state: 'upgraded' }]);
    expect(reader.upgradedAt).toEqual({ client: sampleRequest.length, server: sampleResponse.length });
  });

  it('takes an answer that goes on until the server’s FIN for whole, and one that a reset tears for cut', () => {
    const log = (how: 'fin' | 'rst') =>
      new WrittenLog()
        .open(1, '/a')
        .bytes(1, 'client', get('/a'))
        .bytes(1, 'server', wire('HTTP/1.1 200 OK\n\nsome text'))
        .end(1, 'server', how);
    expect(outline(exchangesOf(connectionOf(log('fin'))))).toMatchObject([{ got: 9, state: 'done' }]);
    expect(outline(exchangesOf(connectionOf(log('rst'))))).toMatchObject([{ got: 9, state: 'cut' }]);
  });

  it('shows a request that nobody answers as waiting, then as cut', () => {
    const log = new WrittenLog().open(1, '/a').bytes(1, 'client', get('/a'));
    expect(outline(exchangesOf(connectionOf(log)))).toMatchObject([{ status: undefined, state: 'waiting' }]);
    expect(outline(exchangesOf(connectionOf(log.end(1, 'link', 'rst'))))).toMatchObject([{ state: 'cut' }]);
  });

  it('keeps an answer that nobody asked for, as Node’s 408', () => {
    const log = new WrittenLog()
      .open(1, '/a')
      .bytes(1, 'server', wire('HTTP/1.1 408 Request Timeout\nContent-Length: 0\n\n'));
    expect(outline(exchangesOf(connectionOf(log)))).toMatchObject([
      { asked: undefined, status: 408, state: 'done' },
    ]);
  });
});

describe('ExchangeReader', () => {
  /** A log of which the first events are gone, and with them the `open`. */
  const beheaded = (log: WrittenLog, dropped: number): Connection => {
    const [connection] = readLog(log.events.slice(dropped)).connections;
    if (!connection) throw new Error('the log has no connection');
    return connection;
  };

  it('finds its way into a beheaded log, and says what it passed over', () => {
    const log = polls();
    const reader = new ExchangeReader();
    // Gone are the open, the first request, and the answer to it but for its last bytes.
    const rest = beheaded(log.bytes(1, 'client', get('/f')), 4);
    expect(outline(reader.read(rest)).map(({ asked, status }) => [asked, status])).toEqual([
      [undefined, 204],
      ['POST /c', 200],
      ['GET /d', 304],
      ['HEAD /e', 200],
      ['GET /f', undefined],
    ]);
    expect(reader.passedOver).toEqual({ client: 0, server: 0 });
  });

  it('goes on at the next start line behind bytes that are no HTTP, even where no line ends before it', () => {
    const log = new WrittenLog()
      .open(1, '/a')
      .bytes(1, 'client', Uint8Array.from([...wire('rest of a body}'), ...get('/a')]))
      .bytes(1, 'server', hex('01020304'))
      .bytes(1, 'server', Uint8Array.from([...wire('"]}HTT'), ...ok('{}').subarray(0, 1)]))
      .bytes(1, 'server', Uint8Array.from([...wire('x'), ...ok('{}')]));
    const reader = new ExchangeReader();
    expect(outline(reader.read(connectionOf(log)))).toMatchObject([
      { asked: 'GET /a', status: 200, state: 'done' },
    ]);
    expect(reader.passedOver).toEqual({ client: 15, server: 12 });
  });

  it('comes to the same however the bytes were cut and whenever it was asked', () => {
    const sides = polls().events.flatMap((event) => (event.type === 'bytes' ? [event] : []));
    const expected = outline(exchangesOf(connectionOf(polls())));
    fc.assert(
      fc.property(
        fc.array(cuts(120), { minLength: sides.length, maxLength: sides.length }),
        fc.nat(7),
        (places, every) => {
          const log = new WrittenLog().open(1, '/a');
          for (const [index, { from, bytes }] of sides.entries()) {
            for (const piece of cutAt(bytes, places[index] ?? [])) log.bytes(1, from, piece);
          }
          const [logReader, reader] = [new LogReader(), new ExchangeReader()];
          for (let at = 0; at < log.events.length; at += every + 1) {
            logReader.read(log.events.slice(at, at + every + 1));
            for (const connection of logReader.view.connections) reader.read(connection);
          }
          expect(outline(reader.exchanges)).toEqual(expected);
        },
      ),
    );
  });

  it('never throws and never loses a byte, whatever the bytes are', () => {
    const pieces = fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.constantFrom(
        get('/a'),
        ok('{}'),
        wire('HTTP/1.1 200 OK\n\n'),
        wire('HTTP/1.1 200 \x01\n\n'),
        wire('5\nhello\n'),
        wire('\n'),
      ),
      fc.constant(wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n')),
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('client', 'server'), pieces)),
        fc.boolean(),
        (sent, isBeheaded) => {
          const log = new WrittenLog();
          if (!isBeheaded) log.open(1, '/a');
          for (const [from, bytes] of sent) log.bytes(1, from, bytes);
          if (log.events.length === 0) return;
          const connection = connectionOf(log);
          const reader = new ExchangeReader();
          reader.read(connection);
          for (const side of ['client', 'server'] as const) {
            const messages = reader.exchanges.flatMap(
              ({ request, interim, response }): (HttpMessage<RequestHead | ResponseHead> | undefined)[] =>
                side === 'client' ? [request] : [...interim, response],
            );
            let read = 0;
            for (const message of messages) {
              if (!message) continue;
              const { headRange, body } = message;
              read += headRange.end - headRange.start + body.contentBytes + body.framingBytes;
            }
            expect(read + reader.passedOver[side] + reader.pending[side]).toBe(connection[side].byteCount);
          }
        },
      ),
    );
  });
});
