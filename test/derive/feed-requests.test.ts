import { describe, expect, it } from 'vitest';
import { answerText, messageIds } from '../../src/derive/answer-text.ts';
import { feedRequests } from '../../src/derive/feed-requests.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { wire, WrittenLog } from './written-log.ts';

const get = (path: string): Uint8Array => wire(`GET /labs/x/${path} HTTP/1.1\nHost: x\n\n`);
const chunked = (...parts: string[]): Uint8Array =>
  wire(
    `HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n${[...parts, ''].map((part) => `${part.length.toString(16)}\n${part}\n`).join('')}`,
  );
const none = wire('HTTP/1.1 304 Not Modified\n\n');

const log = (): WrittenLog =>
  new WrittenLog()
    .open(1, '/labs/x/feed/poll')
    .bytes(1, 'client', get('feed/poll?since=0'))
    .open(2, '/labs/x/feed/long-poll')
    .bytes(2, 'client', get('feed/long-poll?since=0'))
    .bytes(1, 'server', chunked('{"messages":[{"id":1,"bor', 'nAt":3.5,"payload":"a"}'))
    .bytes(2, 'server', none)
    .bytes(2, 'client', get('feed/poll?since=1'))
    .bytes(2, 'server', none)
    .bytes(1, 'client', get('feed/poll?since=1'));

describe('feedRequests', () => {
  it('finds the requests of one way on whatever connection, in the order in which they were made', () => {
    const found = feedRequests(readLog(log().events).connections, 'poll');
    expect(
      found.map(({ connection, isFirst, exchange }) => [connection.conn, isFirst, exchange.state]),
    ).toEqual([
      [1, true, 'done'],
      [2, false, 'done'],
      [1, false, 'waiting'],
    ]);
    expect(found.map(({ beganAt }) => beganAt)).toEqual(
      found.map(({ beganAt }) => beganAt).toSorted((one, other) => one - other),
    );
  });

  it('leaves out what was asked before', () => {
    const { connections } = readLog(log().events);
    expect(feedRequests(connections, 'poll', 5)).toHaveLength(2);
    expect(feedRequests(connections, 'events')).toEqual([]);
  });
});

describe('answerText', () => {
  it('joins the chunks of an answer, so that a message cut in two is found', () => {
    const [poll] = feedRequests(readLog(log().events).connections, 'poll');
    const text = poll ? answerText(poll.connection, poll.exchange) : '';
    expect(text).toBe('{"messages":[{"id":1,"bornAt":3.5,"payload":"a"}');
    expect(messageIds(text)).toEqual([1]);
  });
});
