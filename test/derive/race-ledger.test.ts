import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { bytesOf, RaceLedgerReader, transportOf } from '../../src/derive/race-ledger.ts';
import { hex, sampleResponse, wire, WrittenLog } from './written-log.ts';

const get = (path: string): Uint8Array => wire(`GET /labs/x/${path} HTTP/1.1\nHost: x\n\n`);
const answer = (body: string): Uint8Array =>
  wire(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n${body}`);
const upgrade = wire('GET /labs/x/feed HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: Upgrade\n\n');

/** A race over three connections: polls and long polls share the first. */
const race = (): WrittenLog =>
  new WrittenLog()
    .open(1, '/labs/x/feed/poll')
    .bytes(1, 'client', get('feed/poll?since=0'))
    .bytes(1, 'server', answer('{"messages":[{"id":1,"bornAt":0}],"next":1}'))
    .open(2, '/labs/x/feed/events')
    .bytes(2, 'client', get('feed/events'))
    .bytes(2, 'server', wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n'))
    .bytes(1, 'client', get('feed/poll?since=1'))
    .bytes(1, 'server', wire('HTTP/1.1 304 Not Modified\n\n'))
    .bytes(1, 'client', get('feed/long-poll?since=0'))
    .open(3, '/labs/x/feed')
    .bytes(3, 'client', upgrade)
    .bytes(3, 'server', sampleResponse)
    .bytes(3, 'server', hex('810548656c6c6f'))
    .bytes(3, 'server', hex('8900'))
    .bytes(3, 'client', hex('8a8000000000'))
    .bytes(2, 'server', wire('5\nhello\n'))
    .bytes(1, 'server', answer('{"messages":[{"id":1,"bornAt":0}],"next":1}'))
    .bytes(1, 'client', wire('GET /styles.css HTTP/1.1\nHost: x\n\n'));

const window = { labPath: '/labs/x', since: 0 };
const ledgerOf = (log: WrittenLog, given: Partial<typeof window> = {}) =>
  new RaceLedgerReader({ ...window, ...given }).read(readLog(log.events).connections);

describe('transportOf', () => {
  it('knows the four ways by their paths, and leaves the feed’s settings and other labs out', () => {
    const of = (target: string, isUpgrade = false) => transportOf(target, '/labs/x', isUpgrade);
    expect(of('/labs/x/feed/poll?since=3')).toBe('poll');
    expect(of('/labs/x/feed/long-poll')).toBe('longPoll');
    expect(of('/labs/x/feed/events')).toBe('events');
    expect(of('/labs/x/feed', true)).toBe('webSocket');
    expect(of('/labs/x/feed')).toBeUndefined();
    expect(of('/labs/x/feed/settings')).toBeUndefined();
    expect(of('/labs/y/feed/poll')).toBeUndefined();
  });
});

describe('RaceLedgerReader', () => {
  it('gives each exchange to its way, though they share connections', () => {
    const ledger = ledgerOf(race());
    expect(ledger.poll).toMatchObject({
      requests: 2,
      emptyAnswers: 1,
      connections: 1,
      client: { headerBytes: 2 * get('feed/poll?since=0').length, payloadBytes: 0 },
      server: { payloadBytes: 43 },
      rounds: { rounds: 2, messages: 1, messagesSquared: 1 },
    });
    expect(ledger.longPoll).toMatchObject({ requests: 1, connections: 1, server: { payloadBytes: 43 } });
    expect(ledger.sharedConnections).toBe(1);
  });

  it('counts chunk sizes, frame headers and control frames as headers', () => {
    const { events, webSocket } = ledgerOf(race());
    const head = wire('HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n').length;
    expect(events.server).toEqual({ headerBytes: head + 5, payloadBytes: 5 });
    expect(events.rounds.rounds).toBe(0);
    expect(webSocket.client).toEqual({ headerBytes: upgrade.length + 6, payloadBytes: 0 });
    expect(webSocket.server).toEqual({ headerBytes: sampleResponse.length + 2 + 2, payloadBytes: 5 });
    expect(webSocket).toMatchObject({ requests: 1, connections: 1, controlBytes: 8 });
  });

  it('leaves out what was asked before the race began, and connections that are not its own', () => {
    const { events } = race();
    const second = events.find((event) => event.type === 'bytes' && event.seq === 7);
    const later = ledgerOf(race(), { since: second?.at ?? 0 });
    expect(later.poll.requests).toBe(1);
    expect(later.events.requests).toBe(0);
    const none = new RaceLedgerReader({ ...window, accepts: () => false }).read(readLog(events).connections);
    expect(bytesOf(none.poll) + bytesOf(none.webSocket) + none.poll.connections).toBe(0);
  });

  it('adds up the same in one reading or in many, and again without anything new', () => {
    const { events } = race();
    const whole = ledgerOf(race());
    fc.assert(
      fc.property(fc.nat(6), (every) => {
        const [log, ledger] = [new LogReader(), new RaceLedgerReader(window)];
        for (let at = 0; at < events.length; at += every + 1) {
          log.read(events.slice(at, at + every + 1));
          ledger.read(log.view.connections);
        }
        expect(ledger.read(log.view.connections)).toEqual(whole);
      }),
    );
  });
});
