import type { ImposedEvent, Side } from '../contract/wire-event.ts';
import { isControl } from '../protocol/opcode.ts';
import type { Connection, TimedFrame } from './connection.ts';

/** What became of the messages of one side on their way. Times are milliseconds. */
export interface SidePassage {
  /** Last frames of messages that entered the link. */
  sent: number;
  /** Of those, how many have left it to the other side. */
  arrived: number;
  /** Bytes that the link has swallowed. */
  lostBytes: number;
  /** In how many pieces this side's frames have left the link. */
  pieces: number;
  /** The longest that a message took; `undefined` where none has arrived. */
  slowestMs: number | undefined;
  /** Messages that arrived together with one that was sent clearly before them: they waited behind it. */
  queued: number;
}

/** What a connection's way has done to it. */
export interface Passage {
  client: SidePassage;
  server: SidePassage;
  /** When a middlebox forgot it, ms since the lab began. */
  forgottenAt: number | undefined;
  /** The time between its two ends, ms: how long it was half closed. */
  halfClosedMs: number | undefined;
}

/** What was sent so much later, and arrived within so little, waited behind the one before it, ms. */
const clearlyLaterMs = 10;
const togetherMs = 3;

/** Reads from the wire what the way has done to a connection. */
export function passageOf(connection: Connection, imposed: readonly ImposedEvent[]): Passage {
  const { conn, ends } = connection;
  const [first, second] = ends;
  return {
    client: sidePassage(connection, 'client'),
    server: sidePassage(connection, 'server'),
    forgottenAt: imposed.find((event) => event.what === 'forgotten' && event.conn === conn)?.at,
    halfClosedMs: first && second && second.at - first.at,
  };
}

function sidePassage(connection: Connection, side: Side): SidePassage {
  const stream = connection[side];
  const head = side === 'client' ? connection.request : connection.response;
  const framesBegin = head?.bytes.length ?? 0;
  const messages = connection.frames.filter(
    ({ from, frame }) => from === side && frame.fin && !isControl(frame.opcode),
  );
  const times = messages.flatMap(({ at, due }) => (due === undefined ? [] : [due - at]));
  return {
    sent: messages.length,
    arrived: times.length,
    lostBytes: stream.lostByteCount,
    pieces: stream.chunks.filter(({ due, offset }) => due !== undefined && offset >= framesBegin).length,
    slowestMs: times.length === 0 ? undefined : Math.max(...times),
    queued: messages.filter((message, index) => waited(message, messages[index - 1])).length,
  };
}

const waited = ({ at, due }: TimedFrame, before: TimedFrame | undefined): boolean =>
  due !== undefined &&
  before?.due !== undefined &&
  due - before.due < togetherMs &&
  at - before.at > clearlyLaterMs;
