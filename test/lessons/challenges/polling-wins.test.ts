import { describe, expect, it } from 'vitest';
import { pollingWins } from '../../../lessons/challenges/polling-wins.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../../src/protocol/utf8.ts';
import { sampleResponse, wire, WrittenLog } from '../../derive/written-log.ts';

const message = (id: number): string =>
  `{"id":${String(id)},"bornAt":1700000000000.125,"payload":"${'a'.repeat(90)}"}`;
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
const frame = (text: string): Uint8Array => encodeFrame({ opcode: 1, payload: encodeUtf8(text) });

interface Played {
  /** What each poll brings: from one id to another. */
  polls: readonly (readonly [from: number, to: number])[];
  /** The last id that the WebSocket hears. */
  pushed: number;
}

/** A WebSocket, and polls while it is open. */
function judge({ polls, pushed }: Played) {
  const log = new WrittenLog()
    .open(1, '/labs/x/feed?since=0')
    .bytes(1, 'client', wire('GET /labs/x/feed?since=0 HTTP/1.1\nHost: x\nUpgrade: websocket\n\n'))
    .bytes(1, 'server', sampleResponse)
    .open(2, '/labs/x/feed/poll?since=0');
  for (const id of range(1, pushed)) log.bytes(1, 'server', frame(message(id)));
  for (const [from, to] of polls) {
    const body = `{"messages":[${range(from, to).map(message).join(',')}],"next":${String(to)}}`;
    log
      .bytes(2, 'client', wire('GET /labs/x/feed/poll?since=0 HTTP/1.1\nHost: x\n\n'))
      .bytes(2, 'server', wire(`HTTP/1.1 200 OK\nContent-Length: ${String(body.length)}\n\n${body}`));
  }
  return pollingWins.judge(readLog(log.events).connections);
}

describe('Make polling win', () => {
  it('is passed by few polls that bring many messages, of which none is missed', () => {
    const verdict = judge({
      polls: [
        [1, 200],
        [201, 400],
      ],
      pushed: 450,
    });
    expect(verdict).toMatchObject({ passed: true, missing: [] });
    expect(verdict.seen[1]).toMatch(
      /^For the same messages the polls cost [\d,]+ bytes and the WebSocket [\d,]+\.$/,
    );
  });

  it('is not passed by many polls of a message each', () => {
    const verdict = judge({ polls: range(1, 120).map((id) => [id, id] as const), pushed: 120 });
    expect(verdict.passed).toBe(false);
    expect(verdict.missing).toEqual([expect.stringContaining('the polls cost')]);
  });

  it('wants a hundred messages, and none missed', () => {
    expect(judge({ polls: [[1, 60]], pushed: 60 }).missing[0]).toMatch(/60 messages; 100 are needed/);
    expect(
      judge({
        polls: [
          [1, 150],
          [161, 400],
        ],
        pushed: 400,
      }).missing,
    ).toEqual(['The polls missed 10 that the WebSocket received.']);
  });

  it('has nothing to judge where no WebSocket has heard the feed', () => {
    expect(pollingWins.judge([])).toMatchObject({ passed: false, seen: [] });
  });
});
