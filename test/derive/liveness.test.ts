import { describe, expect, it } from 'vitest';
import type { Connection } from '../../src/derive/connection.ts';
import { bytesPerMinute, judgeLiveness, questionsOf } from '../../src/derive/liveness.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../src/protocol/utf8.ts';
import { hex, WrittenLog } from './written-log.ts';

const ping = hex('89 00');
const pong = hex('8a 80 00000000');
/** A text message `{"type":…,"id":…}`; of a client where it is masked. */
const says = (type: 'ping' | 'pong', id: number, masked: boolean): Uint8Array =>
  encodeFrame({
    opcode: 1,
    payload: encodeUtf8(JSON.stringify({ type, id })),
    ...(masked ? { maskingKey: Uint8Array.of(1, 2, 3, 4) } : {}),
  });

/** Events 0, 1 and 2 are the handshake: what is written next has the time 3, 4, 5 … */
const written = (): WrittenLog => new WrittenLog().upgraded(1);
function read(log: WrittenLog): Connection {
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('one connection');
  return connection;
}

describe('questionsOf', () => {
  it('counts both frames of a ping and its pong', () => {
    const log = written().bytes(1, 'server', ping).bytes(1, 'client', pong);
    expect(questionsOf('server ping', read(log))).toEqual([{ at: 3, answeredAt: 4, byteCount: 8 }]);
    expect(questionsOf('server asks', read(log))).toEqual([]);
  });

  it('ties an echo to the question of its id, and passes over other messages', () => {
    const log = written()
      .bytes(1, 'client', says('ping', 1, true))
      .bytes(1, 'client', says('ping', 2, true))
      .bytes(1, 'server', hex('81 01 61'))
      .bytes(1, 'server', says('ping', 2, false));
    const answers = questionsOf('page asks', read(log)).map(({ answeredAt }) => answeredAt);
    expect(answers).toEqual([undefined, 6]);
  });

  it('takes only a pong of its id for an answer to the server', () => {
    const log = written()
      .bytes(1, 'server', says('ping', 1, false))
      .bytes(1, 'client', says('ping', 1, true))
      .bytes(1, 'client', says('pong', 2, true));
    expect(questionsOf('server asks', read(log))[0]?.answeredAt).toBeUndefined();
  });

  it('takes an answer that the link holds for none', () => {
    const log = written().bytes(1, 'server', ping).bytes(1, 'client', pong, null);
    expect(questionsOf('server ping', read(log))[0]?.answeredAt).toBeUndefined();
  });

  it('finds none of TCP’s in the log', () => {
    expect(questionsOf('tcp', read(written().bytes(1, 'server', ping)))).toEqual([]);
  });
});

describe('judgeLiveness', () => {
  /** One answered ping before the illness begins at 5, one without an answer after it; the server ends it at 6. */
  const blackHole = written()
    .bytes(1, 'server', ping)
    .bytes(1, 'client', pong)
    .bytes(1, 'server', ping, null)
    .end(1, 'server', 'rst');

  it('has the server notice that ends the connection', () => {
    expect(judgeLiveness('server ping', read(blackHole), { illFrom: 5, to: 9 })).toEqual({
      noticedBy: 'server',
      afterMs: 1,
      asked: 1,
      answered: 0,
      longestGapMs: 2,
      bytesPerBeat: 8,
    });
  });

  it('takes an end before the illness, or after the last look, for none of its making', () => {
    expect(judgeLiveness('server ping', read(blackHole), { illFrom: 7, to: 9 }).noticedBy).toBeUndefined();
    expect(judgeLiveness('server ping', read(blackHole), { illFrom: 4, to: 5 }).noticedBy).toBeUndefined();
  });

  it('takes an end by the client or the link for nobody’s notice', () => {
    const log = written().end(1, 'client').end(1, 'link');
    expect(judgeLiveness('tcp', read(log), { illFrom: 3, to: 9 }).noticedBy).toBeUndefined();
  });

  it('has the page notice by its own word, where it was first', () => {
    const log = written()
      .bytes(1, 'client', says('ping', 1, true), null)
      .end(1, 'server');
    const seen = { illFrom: 3, to: 20 };
    expect(judgeLiveness('page asks', read(log), seen, 3.5)).toMatchObject({
      noticedBy: 'client',
      afterMs: 0.5,
      bytesPerBeat: undefined,
    });
    expect(judgeLiveness('page asks', read(log), seen, 12).noticedBy).toBe('server');
    expect(judgeLiveness('page asks', read(written()), seen, 21).noticedBy).toBeUndefined();
  });

  it('shows the lie of a layer whose questions are answered all the time', () => {
    const log = written();
    for (let beat = 0; beat < 4; beat++) log.bytes(1, 'server', ping).bytes(1, 'client', pong);
    expect(judgeLiveness('server ping', read(log), { illFrom: 5, to: 11 })).toMatchObject({
      noticedBy: undefined,
      asked: 3,
      answered: 3,
    });
  });

  it('measures the longest time without a question, up to the last look', () => {
    const log = written().bytes(1, 'client', says('ping', 1, true));
    const gap = (illFrom: number, to: number): number | undefined =>
      judgeLiveness('page asks', read(log), { illFrom, to }).longestGapMs;
    expect(gap(10, 50)).toBe(47);
    expect(gap(1, 5)).toBe(2);
    expect(judgeLiveness('tcp', read(log), { illFrom: 1, to: 5 }).longestGapMs).toBeUndefined();
  });
});

describe('bytesPerMinute', () => {
  it('is what a beat weighs, as often as it beats', () => {
    expect(bytesPerMinute(8, 1000)).toBe(480);
    expect(bytesPerMinute(8, 25_000)).toBe(19);
  });
});
