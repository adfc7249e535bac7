import { describe, expect, it } from 'vitest';
import { twoGoodbyes } from '../../lessons/challenges/two-goodbyes.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { streamLives, wireMoments } from '../../src/derive/stream-life.ts';
import { writeClosePayload } from '../../src/protocol/close-payload.ts';
import { encodeFrame } from '../../src/protocol/encode-frame.ts';
import { sampleRequest, sampleResponse, WrittenLog } from './written-log.ts';

const maskingKey = Uint8Array.of(1, 2, 3, 4);
const text = (isMasked: boolean) =>
  encodeFrame({ opcode: 1, payload: Uint8Array.of(65), ...(isMasked && { maskingKey }) });

class StreamLog extends WrittenLog {
  begin(conn: number): this {
    return this.open(conn, '/labs/x/stream?every=1000')
      .bytes(conn, 'client', sampleRequest)
      .bytes(conn, 'server', sampleResponse);
  }

  leave(conn: number, code: number, reason = ''): this {
    const payload = writeClosePayload(code, reason);
    return this.bytes(conn, 'client', encodeFrame({ opcode: 8, payload, maskingKey })).end(conn, 'client');
  }

  get connections() {
    return readLog(this.events).connections;
  }
}

it('The life of a stream is what was said, the longest silence and the goodbye', () => {
  const log = new StreamLog().upgraded(1).begin(2).bytes(2, 'client', text(true));
  log.bytes(2, 'server', text(false)).bytes(2, 'server', text(false)).bytes(2, 'client', text(true));
  expect(streamLives(log.leave(2, 1001).connections)).toEqual([
    {
      conn: 2,
      openedAt: 3,
      goodbye: { at: 10, code: 1001, reason: '' },
      endedAt: 11,
      lastAt: 11,
      sent: 2,
      heard: 2,
      longestSilenceMs: 3,
    },
  ]);
});

it('The moments of the wire are told in the order of time', () => {
  const log = new StreamLog().begin(1).begin(2).leave(1, 1000, 'page left').leave(2, 1001);
  expect(wireMoments(streamLives(log.connections)).map(({ what }) => what)).toEqual([
    'connection 1 begins',
    'connection 2 begins',
    'client’s Close 1000, “page left”',
    'connection 1 ends',
    'client’s Close 1001',
    'connection 2 ends',
  ]);
});

describe('Two goodbyes', () => {
  const both = () => new StreamLog().begin(1).leave(1, 1001).begin(2).leave(2, 1000, 'page left');
  const judge = (log: StreamLog) => twoGoodbyes.judge(log.connections);

  it('is passed by both goodbyes, and a return after one’s own', () => {
    expect(judge(both().begin(3))).toMatchObject({ passed: true, missing: [] });
  });

  it.each([
    ['nothing', new StreamLog(), 3],
    ['a goodbye without a return', both(), 1],
    ['a goodbye of somebody else', new StreamLog().begin(1).leave(1, 1000, 'bye').begin(2), 3],
    ['the browser’s alone', new StreamLog().begin(1).leave(1, 1001).begin(2), 2],
  ])('is not passed by %s', (_, log, missing) => {
    expect(judge(log).missing).toHaveLength(missing);
  });
});
