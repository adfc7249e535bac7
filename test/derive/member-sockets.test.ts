import { describe, expect, it } from 'vitest';
import { noGhosts } from '../../lessons/challenges/no-ghosts.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { memberSockets, standing } from '../../src/derive/member-sockets.ts';
import { writeClosePayload } from '../../src/protocol/close-payload.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { sampleRequest, sampleResponse, wire, WrittenLog } from './written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const frame = (opcode: number, payload: Uint8Array) => encodeFrame({ opcode, payload, maskingKey });

/** A log whose clock can be put forward. */
class ChatLog extends WrittenLog {
  join(conn: number, name: string): this {
    const target = `/labs/x/chat?name=${name}`;
    const request = new TextDecoder().decode(sampleRequest).replace('/labs/x/echo', target);
    return this.open(conn, target)
      .bytes(conn, 'client', wire(request.replaceAll('\r\n', '\n')))
      .bytes(conn, 'server', sampleResponse);
  }

  leave(conn: number): this {
    return this.bytes(conn, 'client', frame(8, writeClosePayload(1000)));
  }

  /** The client of a connection says something so much later than the last event. */
  say(conn: number, laterMs: number): this {
    this.bytes(conn, 'client', frame(1, new TextEncoder().encode('{}')));
    const event = this.events.at(-1);
    if (event?.type === 'bytes') {
      event.at += laterMs;
      event.due = event.at;
    }
    return this;
  }

  get connections() {
    return readLog(this.events).connections;
  }
}

describe('The sockets of a component', () => {
  it('are those of the chat after it was mounted, by name and by what became of them', () => {
    const log = new ChatLog()
      .join(1, 'old')
      .upgraded(2)
      .join(3, 'ada')
      .join(4, 'bob')
      .leave(3)
      .open(5, '/labs/x/chat');
    const sockets = memberSockets(log.connections, 1);
    expect(sockets.map(({ conn, name, state, closeCode }) => [conn, name, state, closeCode])).toEqual([
      [3, 'ada', 'left', 1000],
      [4, 'bob', 'open', undefined],
      [5, undefined, 'connecting', undefined],
    ]);
    expect(standing(sockets).map(({ conn }) => conn)).toEqual([4, 5]);
    expect(memberSockets(log.end(4, 'client').connections, 3)[0]).toMatchObject({
      state: 'ended',
      leftAt: 14,
    });
  });
});

describe('Three users, no ghost', () => {
  const orderly = () => new ChatLog().join(1, 'ada').leave(1).join(2, 'bob').leave(2).join(3, 'cyd');
  const judge = (log: ChatLog) => noGhosts.judge(log.connections);

  it('is passed by three who come one by one, the last of whom speaks after three seconds', () => {
    expect(judge(orderly().say(3, 3100))).toMatchObject({ passed: true, missing: [] });
  });

  it.each([
    ['nobody', new ChatLog(), /Nobody has joined/],
    ['two', new ChatLog().join(1, 'ada').leave(1).join(2, 'bob'), /2 of 3/],
    [
      'one who stays',
      new ChatLog().join(1, 'ada').join(2, 'bob').leave(2).join(3, 'cyd'),
      /not said goodbye/,
    ],
    ['one who comes twice', new ChatLog().join(1, 'ada').leave(1).join(2, 'bob').join(3, 'ada'), /twice/],
    ['a ghost', orderly().join(4, 'ada').say(3, 3100), /ada came back/],
    ['one who speaks too soon', orderly().say(3, 10), /has not said anything/],
  ])('is not passed by %s', (_, log, why) => {
    const verdict = judge(log);
    expect(verdict.passed).toBe(false);
    expect(verdict.missing.join()).toMatch(why);
  });
});
