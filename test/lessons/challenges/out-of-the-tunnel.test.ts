import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../lessons/challenges/challenge.ts';
import { outOfTheTunnel } from '../../../lessons/challenges/out-of-the-tunnel.ts';
import { perfectLink } from '../../../src/contract/conditions.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import { messageText } from '../../../src/derive/belief.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { encodeUtf8 } from '../../../src/protocol/utf8.ts';
import { sampleRequest, sampleResponse } from '../../derive/written-log.ts';

const mark = 'abcde';
const maskingKey = Uint8Array.of(1, 2, 3, 4);
type Event = WireEvent extends infer One ? (One extends WireEvent ? Omit<One, 'seq'> : never) : never;

/** How a run of 20 s goes whose link is frozen from 5 s to 13 s; a message of each side every 500 ms. */
interface Played {
  tunnelEndsAt?: number;
  /** When the client says Close on its first connection; `undefined`: never. */
  letsGoAt?: number | undefined;
  /** Connections after the first. */
  attempts?: number;
  /** Numbers that the server's program does not take, or takes twice. */
  notTaken?: number;
  takenTwice?: number;
  /** The page is not sent what it missed. */
  isResumed?: boolean;
}

function judge(played: Played = {}): Verdict {
  const { tunnelEndsAt = 13_000, attempts = 1, notTaken, takenTwice, isResumed = true } = played;
  const letsGoAt = 'letsGoAt' in played ? played.letsGoAt : 7000;
  const events: Event[] = [];
  const isTunnel = (at: number): boolean => at >= 5000 && at < tunnelEndsAt;
  const conditions = (at: number, frozen: 'no' | 'both'): Event => ({
    type: 'conditions',
    at,
    conditions: { ...perfectLink, frozen },
  });
  const connect = (conn: number, at: number): void => {
    events.push({ type: 'open', at, conn, path: `/labs/x/stream?every=500&mark=${mark}` });
    events.push({ type: 'bytes', at, due: at, conn, from: 'client', bytes: sampleRequest });
    events.push({ type: 'bytes', at, due: at, conn, from: 'server', bytes: sampleResponse });
  };
  const frame = (conn: number, from: 'client' | 'server', text: string, at: number, due = at): void => {
    const payload = encodeUtf8(text);
    const bytes = encodeFrame(
      from === 'client' ? { opcode: 1, payload, maskingKey } : { opcode: 1, payload },
    );
    events.push({ type: 'bytes', at, due, conn, from, bytes });
  };
  connect(1, 0);
  events.push(conditions(5000, 'both'), conditions(tunnelEndsAt, 'no'));
  if (letsGoAt !== undefined) {
    const bytes = encodeFrame({ opcode: 8, payload: new Uint8Array(0), maskingKey });
    events.push({ type: 'bytes', at: letsGoAt, due: tunnelEndsAt, conn: 1, from: 'client', bytes });
    for (let one = 1; one <= attempts; one++) connect(1 + one, letsGoAt + one);
  }
  const later = letsGoAt === undefined ? 1 : 1 + attempts;
  for (let number = 1; number <= 38; number++) {
    const at = number * 500;
    const conn = at < (letsGoAt ?? Infinity) ? 1 : later;
    const enters = conn === 1 ? at : Math.max(at, tunnelEndsAt + 20);
    frame(conn, 'client', messageText(mark, number), enters, isTunnel(at) ? tunnelEndsAt + 21 : at);
    events.push({ type: 'program', did: 'made', at, data: `message ${String(number)}` });
    frame(1, 'server', `message ${String(number)}`, at, isTunnel(at) ? tunnelEndsAt + 21 : at);
    if (isTunnel(at) && conn !== 1 && isResumed)
      frame(conn, 'server', `message ${String(number)}`, tunnelEndsAt + 25);
    if (isTunnel(at) && conn === 1 && letsGoAt !== undefined && isResumed)
      frame(later, 'server', `message ${String(number)}`, tunnelEndsAt + 25);
    if (!isTunnel(at) && at >= tunnelEndsAt && later > 1)
      frame(later, 'server', `message ${String(number)}`, at, at);
    const took = { type: 'program', did: 'took', conn, at: enters, data: messageText(mark, number) } as const;
    if (number !== notTaken) events.push(took);
    if (number === takenTwice) events.push(took);
  }
  const sorted = events
    .map((event, index) => ({ event, index }))
    .toSorted((one, other) => one.event.at - other.event.at || one.index - other.index)
    .map(({ event }, index) => ({ seq: index + 1, ...event }));
  const view = readLog(sorted);
  return outOfTheTunnel.judge(view.connections, view);
}

describe('Out of the tunnel, with everything', () => {
  it('is passed by who notices, comes back, and misses nothing', () => {
    expect(judge()).toEqual({
      passed: true,
      seen: [
        'It gave up the dead connection 2.0 s after the tunnel began.',
        'It came back with 1 attempt.',
        'It went on sending after the tunnel.',
        'The server was given each of the 38 messages once.',
        'The page was given each of the 38 messages once.',
      ],
      missing: [],
    });
  });

  it('is not passed by a bare WebSocket, to which everything arrives, late', () => {
    expect(judge({ letsGoAt: undefined }).missing).toEqual([
      'It did not give up the dead connection within 5 s.',
    ]);
  });

  it('asks to notice in time, and to come back with few attempts', () => {
    expect(judge({ letsGoAt: 11_000 }).missing.join()).toContain('within 5 s');
    expect(judge({ attempts: 5 }).missing.join()).toContain('5 attempts');
  });

  it('counts what either side lacks, or was given twice', () => {
    expect(judge({ notTaken: 20 }).missing).toEqual([
      'The server is missing 1 of 38 messages, and was given 0 more than once.',
    ]);
    expect(judge({ takenTwice: 20 }).missing).toEqual([
      'The server is missing 0 of 38 messages, and was given 1 more than once.',
    ]);
    expect(judge({ isResumed: false }).missing.join()).toContain('The page is missing 16 of 38');
  });

  it('says what is missing before there was a run, or a tunnel that is long enough', () => {
    expect(outOfTheTunnel.judge([]).missing).toEqual(['No run has begun yet.']);
    expect(judge({ tunnelEndsAt: 8000 }).missing).toEqual(['No run has gone through a tunnel yet.']);
  });
});
