import { describe, expect, it } from 'vitest';
import { chatFlowOf, lastSentId } from '../../src/derive/chat-flow.ts';
import { chatTalkOf } from '../../src/derive/chat-talk.ts';
import { LogReader, readLog } from '../../src/derive/log-reader.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { Opcode } from '../../src/protocol/opcode.ts';
import { encodeUtf8 } from '../../src/protocol/utf8.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const frame = (json: object, masked: boolean) =>
  encodeFrame({
    opcode: Opcode.text,
    payload: encodeUtf8(JSON.stringify(json)),
    ...(masked ? { maskingKey } : {}),
  });
const handshake = (query: string) =>
  wire(
    new TextDecoder()
      .decode(sampleRequest)
      .replaceAll('\r\n', '\n')
      .replace('/labs/x/echo', `/labs/x/chat?${query}`),
  );
const answer = (status: string, json: object) => {
  const body = JSON.stringify(json);
  return wire(`HTTP/1.1 ${status}\nContent-Length: ${String(body.length)}\n\n${body}`);
};
const post = (json: object) => {
  const body = JSON.stringify(json);
  return wire(
    `POST /labs/x/chat/messages HTTP/1.1\nHost: a\nContent-Length: ${String(body.length)}\n\n${body}`,
  );
};
const get = (query: string) => wire(`GET /labs/x/chat/messages?${query} HTTP/1.1\nHost: a\n\n`);

const stored = { id: 1, at: 5, name: 'Bob', text: 'Hello!', clientId: 'b-1' };
const talksOf = (log: WrittenLog) =>
  readLog(log.events).connections.flatMap((connection) => chatTalkOf(connection) ?? []);
const join = (log: WrittenLog, conn: number, query: string) =>
  log
    .open(conn, `/labs/x/chat?${query}`)
    .bytes(conn, 'client', handshake(query))
    .bytes(conn, 'server', sampleResponse);
const said = (steps: readonly { lane: string; what: string }[] | undefined) =>
  steps?.map(({ lane, what }) => `${lane} ${what}`);

describe('chatTalkOf', () => {
  it('reads both sides of a member’s socket, and what could not be read', () => {
    const log = join(new WrittenLog(), 1, 'name=B%C3%B6b')
      .bytes(1, 'client', frame({ type: 'message', content: 'Hello!' }, true))
      .bytes(
        1,
        'server',
        frame({ type: 'error', code: 'field-refused', field: 'text', message: 'no' }, false),
      );
    const [talk] = talksOf(log);
    expect(talk?.name).toBe('Böb');
    expect(talk?.said).toMatchObject([{ request: { ok: false, field: 'text' } }]);
    expect(talk?.told).toMatchObject([{ event: { type: 'error', field: 'text' } }]);
  });

  it('reads polls and posts that share a connection', () => {
    const log = new WrittenLog()
      .open(1, '/labs/x/chat/messages')
      .bytes(1, 'client', get('since=0&as=Bob'))
      .bytes(1, 'server', answer('200 OK', { messages: [], next: 0, missed: 0 }))
      .bytes(1, 'client', post({ name: 'Bob', text: 'Hello!' }))
      .bytes(1, 'server', answer('201 Created', stored));
    expect(talksOf(log)[0]?.exchanges).toMatchObject([
      { as: 'Bob', poll: { next: 0 } },
      { as: undefined, stored: { id: 1 } },
    ]);
  });

  it('goes on where it stopped while a poller’s connection grows', () => {
    const log = new WrittenLog().open(1, '/labs/x/chat/messages');
    const reader = new LogReader();
    for (let next = 0; next < 5; next++) {
      const poll = answer('200 OK', { messages: [], next, missed: 0 });
      log.bytes(1, 'client', get(`since=${String(next)}`)).bytes(1, 'server', poll.subarray(0, 50), null);
      reader.read(log.events);
      expect(reader.view.connections.map(chatTalkOf)[0]?.exchanges).toHaveLength(next + 1);
      log.left(1, log.events.length).bytes(1, 'server', poll.subarray(50));
    }
    reader.read(log.events);
    const exchanges = reader.view.connections.map(chatTalkOf)[0]?.exchanges;
    expect(exchanges?.map(({ poll }) => poll?.next)).toEqual([0, 1, 2, 3, 4]);
    expect(exchanges?.every(({ answered }) => answered?.due !== undefined)).toBe(true);
  });

  it('passes over what is no chat, and what is broken', () => {
    const log = new WrittenLog()
      .upgraded(1)
      .open(2, '/labs/x/chat/messages')
      .bytes(2, 'client', get('as=%FF'))
      .bytes(2, 'server', wire('HTTP/1.1 200 OK\nContent-Length: 3\n\nno!'));
    const talks = talksOf(log);
    expect(talks).toHaveLength(1);
    expect(talks[0]?.exchanges).toMatchObject([{ as: undefined, poll: undefined }]);
    expect(lastSentId(talks)).toBeUndefined();
  });
});

describe('chatFlowOf', () => {
  it('follows a message from socket to socket', () => {
    const log = join(join(new WrittenLog(), 1, 'name=Alice'), 2, 'name=Bob')
      .bytes(2, 'client', frame({ type: 'message', text: 'Hello!', clientId: 'b-1' }, true))
      .bytes(2, 'server', frame({ type: 'ack', clientId: 'b-1', id: 1 }, false))
      .bytes(1, 'server', frame({ type: 'message', ...stored }, false))
      .bytes(2, 'server', frame({ type: 'message', ...stored }, false));
    const talks = talksOf(log);
    expect(lastSentId(talks)).toBe(1);
    const flow = chatFlowOf(talks, 1);
    expect(flow?.message).toMatchObject({ id: 1, name: 'Bob', text: 'Hello!' });
    expect(said(flow?.steps)).toEqual([
      'sender sends',
      'server acknowledges',
      'sender is told that it is stored',
      'server pushes',
      'reader has it',
    ]);
    expect(flow?.steps.at(-1)).toMatchObject({ conn: 1, who: 'Alice' });
  });

  it('follows a message from a post to the poll that brings it, past those that were too early', () => {
    const nothing = answer('200 OK', { messages: [], next: 0, missed: 0 });
    const log = new WrittenLog()
      .open(1, '/labs/x/chat/messages')
      .bytes(1, 'client', get('since=0&as=Alice'))
      .bytes(1, 'server', nothing)
      .open(2, '/labs/x/chat/messages')
      .bytes(2, 'client', post({ name: 'Bob', text: 'Hello!', clientId: 'b-1' }))
      .bytes(1, 'client', get('since=0&as=Alice'))
      .bytes(1, 'server', nothing)
      .bytes(2, 'server', answer('201 Created', stored))
      .bytes(1, 'client', get('since=0&as=Alice'))
      .bytes(1, 'server', answer('200 OK', { messages: [stored], next: 1, missed: 0 }));
    expect(said(chatFlowOf(talksOf(log), 1)?.steps)).toEqual([
      'sender sends',
      'reader asks, too early',
      'server acknowledges',
      'sender is told that it is stored',
      'reader asks, and there is something',
      'server answers',
      'reader has it',
    ]);
  });

  it('shows no arrival of what the link still holds, and no way of what nobody sent', () => {
    const log = join(join(new WrittenLog(), 1, 'name=Alice'), 2, 'name=Bob')
      .bytes(2, 'client', frame({ type: 'message', text: 'Hello!', clientId: 'b-1' }, true))
      .bytes(2, 'server', frame({ type: 'ack', clientId: 'b-1', id: 1 }, false), null)
      .bytes(1, 'server', frame({ type: 'message', ...stored }, false), null);
    const talks = talksOf(log);
    expect(said(chatFlowOf(talks, 1)?.steps)).toEqual([
      'sender sends',
      'server acknowledges',
      'server pushes',
    ]);
    expect(chatFlowOf(talks, 2)).toBeUndefined();
  });
});
