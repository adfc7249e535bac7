import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventStreamsOf, type EventStream } from '../../src/derive/event-streams.ts';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { wire, WrittenLog } from './written-log.ts';

const request = (lastEventId?: string): Uint8Array =>
  wire(
    `GET /labs/x/feed/events HTTP/1.1\nHost: x\nAccept: text/event-stream\n${lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\n`}\n`,
  );
const head = wire('HTTP/1.1 200 OK\nContent-Type: text/event-stream\nTransfer-Encoding: chunked\n\n');
/** A chunk of the chunked transfer coding; its content keeps its line ends. */
const chunk = (text: string): Uint8Array => {
  const content = new TextEncoder().encode(text);
  return Uint8Array.from([...wire(`${content.length.toString(16)}\n`), ...content, ...wire('\n')]);
};

const streamsOf = (log: WrittenLog): readonly EventStream[] =>
  readLog(log.events).connections.flatMap(eventStreamsOf);

describe('eventStreamsOf', () => {
  it('reads a stream that is under way: its request, its lines, its events', () => {
    const [stream] = streamsOf(
      new WrittenLog()
        .open(1, '/labs/x/feed/events')
        .bytes(1, 'client', request())
        .bytes(1, 'server', head)
        .bytes(1, 'server', chunk('retry: 1000\nid: 4\n\n'))
        .bytes(1, 'server', chunk('id: 5\nda'))
        .bytes(1, 'server', chunk('ta: five\n\nid: 6\ndata: six\n\nid: 7\n'), 90),
    );
    expect(stream).toMatchObject({
      conn: 1,
      target: '/labs/x/feed/events',
      askedAt: 1,
      answeredAt: 2,
      lastEventId: undefined,
      nextLastEventId: '6',
      retryMs: 1000,
      endedAt: undefined,
    });
    expect(stream?.events.map(({ data, lastEventId }) => [data, lastEventId])).toEqual([
      ['five', '5'],
      ['six', '6'],
    ]);
    expect(stream?.lines.map(({ kind, name }) => name || kind)).toEqual([
      ...['retry', 'id', 'end', 'id', 'data', 'end', 'id', 'data', 'end', 'id'],
    ]);
  });

  it('knows the id that a client comes back with, and what the stream goes on with', () => {
    const [first, second] = streamsOf(
      new WrittenLog()
        .open(1, '/e')
        .bytes(1, 'client', request())
        .bytes(1, 'server', head)
        .bytes(1, 'server', chunk('id: 1\ndata: one\n\n'))
        .end(1, 'link')
        .open(2, '/e')
        .bytes(2, 'client', request('1'))
        .bytes(2, 'server', head)
        .bytes(2, 'server', chunk('data: two\n\n')),
    );
    expect(first).toMatchObject({ nextLastEventId: '1', endedAt: 4 });
    expect(second).toMatchObject({ lastEventId: '1', conn: 2 });
    expect(second?.events[0]?.lastEventId).toBe('1');
  });

  it('counts a request that waits, and none that is for something else', () => {
    const log = new WrittenLog()
      .open(1, '/e')
      .bytes(1, 'client', request())
      .open(2, '/poll')
      .bytes(2, 'client', wire('GET /poll HTTP/1.1\nHost: x\nAccept: */*\n\n'))
      .bytes(2, 'server', wire('HTTP/1.1 200 OK\nContent-Type: application/json\nContent-Length: 2\n\n{}'))
      .upgraded(3);
    expect(streamsOf(log).map(({ conn, answeredAt }) => [conn, answeredAt])).toEqual([[1, undefined]]);
  });

  it('counts no refusal as a stream', () => {
    const log = new WrittenLog()
      .open(1, '/e')
      .bytes(1, 'client', request('99'))
      .bytes(
        1,
        'server',
        wire('HTTP/1.1 400 Bad Request\nContent-Type: application/json\nContent-Length: 2\n\n{}'),
      );
    expect(streamsOf(log)).toEqual([]);
  });

  it('reads on where it stopped, and comes to the same as one who reads all at once', () => {
    const stream = 'retry: 9\n\nid: 1\ndata: é\n\nid: 2\ndata: two\n\n';
    const bytes = Uint8Array.from([
      ...request(),
      ...head,
      ...chunk(stream.slice(0, 20)),
      ...chunk(stream.slice(20)),
    ]);
    const asked = request().length;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: asked, max: bytes.length }), { maxLength: 12 }), (cuts) => {
        const log = new WrittenLog().open(1, '/e').bytes(1, 'client', request());
        const places = [asked, ...cuts.toSorted((one, other) => one - other), bytes.length];
        for (const [index, place] of places.slice(1).entries()) {
          log.bytes(1, 'server', bytes.subarray(places[index], place));
        }
        const reader = new LogReader();
        for (const event of log.events) {
          reader.read([event]);
          reader.view.connections.forEach(eventStreamsOf);
        }
        const grown = reader.view.connections.flatMap(eventStreamsOf);
        expect(grown).toEqual(streamsOf(log));
        expect(grown[0]?.events.map(({ data }) => data)).toEqual(['é', 'two']);
      }),
    );
  });
});
