import { describe, expect, it } from 'vitest';
import { heartbeatOf } from '../../src/derive/heartbeat.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { hex, WrittenLog } from './written-log.ts';

type Sent = [from: 'client' | 'server', bytes: string];

/** Masked with a key of zeros, so that the payload can be read. */
const beatOf = (...frames: Sent[]) => {
  const log = new WrittenLog().upgraded(1);
  for (const [from, bytes] of frames) log.bytes(1, from, hex(bytes));
  const [connection] = readLog(log.events).connections;
  if (!connection) throw new Error('one connection');
  return heartbeatOf(connection);
};
const ping = (payload = ''): Sent => ['server', `89 0${String(payload.length / 2)} ${payload}`];
const pong = (payload = ''): Sent => ['client', `8a 8${String(payload.length / 2)} 00000000 ${payload}`];
const message: Sent = ['client', '81 81 00000000 61'];

describe('heartbeatOf', () => {
  it('ties each pong to the ping whose payload it carries (§5.5.3)', () => {
    const { beats, unsolicited } = beatOf(ping('01'), pong('01'), ping('02'), pong('02'), ping('03'));
    expect(beats.map(({ at, answeredAt }) => [at, answeredAt])).toEqual([
      [3, 4],
      [5, 6],
      [7, undefined],
    ]);
    expect(unsolicited).toEqual([]);
  });

  it('ties pongs without a payload in the order of their pings', () => {
    const { beats } = beatOf(ping(), ping(), pong(), pong());
    expect(beats.map(({ answeredAt }) => answeredAt)).toEqual([5, 6]);
  });

  it('lets an answer to the last ping stand for those before it', () => {
    const { beats, unsolicited } = beatOf(ping('01'), ping('02'), pong('02'), pong('01'));
    expect(beats.map(({ answeredAt, wasPassedOver }) => [answeredAt, wasPassedOver])).toEqual([
      [undefined, true],
      [5, false],
    ]);
    expect(unsolicited).toEqual([{ from: 'client', at: 6 }]);
  });

  it('takes a pong without a ping, and one of another payload, for unsolicited', () => {
    expect(beatOf(pong()).unsolicited).toEqual([{ from: 'client', at: 3 }]);
    const { beats, unsolicited } = beatOf(ping('01'), pong('02'));
    expect(beats[0]?.answeredAt).toBeUndefined();
    expect(unsolicited).toHaveLength(1);
  });

  it('keeps the pings of the two sides apart', () => {
    const { beats } = beatOf(['client', '89 80 00000000'], ping(), ['server', '8a 00']);
    expect(beats).toMatchObject([
      { from: 'client', answeredAt: 5 },
      { from: 'server', answeredAt: undefined },
    ]);
  });

  it('finds the longest time without a pong and without a message of the client', () => {
    const beat = beatOf(message, ping(), pong(), ping(), pong(), ping(), pong(), message);
    expect(beat.messages).toEqual({ client: [3, 10], server: [] });
    expect(beat.longestWithoutMessage).toEqual({ from: 3, to: 10 });
    expect(beat.longestWithoutPong).toEqual({ from: 5, to: 7 });
    expect(beatOf(message).longestWithoutMessage).toBeUndefined();
  });
});
