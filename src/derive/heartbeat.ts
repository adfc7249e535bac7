import type { Side } from '../contract/wire-event.ts';
import type { Frame } from '../protocol/frame.ts';
import { isControl, Opcode } from '../protocol/opcode.ts';
import type { Connection } from './connection.ts';

/** A ping and its pong. Times are milliseconds since the lab began. */
export interface Beat {
  from: Side;
  /** The ping entered the link. */
  at: number;
  /** Its pong entered the link; `undefined` while there is none. */
  answeredAt: number | undefined;
  payload: Uint8Array;
  /** A later ping was answered first, so this one need not be (RFC 6455 §5.5.3). */
  wasPassedOver: boolean;
}

/** A stretch of time in which something was not there. */
export interface Silence {
  from: number;
  to: number;
}

/** The pings, pongs and messages of a connection. */
export interface Heartbeat {
  /** In the order in which they were sent, of both sides. */
  beats: readonly Beat[];
  /** Pongs that answer no ping, and whose they are. */
  unsolicited: readonly { from: Side; at: number }[];
  /** When each side sent a data frame. */
  messages: Readonly<Record<Side, readonly number[]>>;
  /** The longest time between two pongs of the client. */
  longestWithoutPong: Silence | undefined;
  /** The longest time between two data frames of the client. */
  longestWithoutMessage: Silence | undefined;
}

/**
 * Ties the pongs of a connection to the pings that they answer. A pong has to have the payload of its ping, and may
 * answer the most recent one only (RFC 6455 §5.5.3).
 */
export function heartbeatOf({ frames }: Connection): Heartbeat {
  const beats: Beat[] = [];
  const unsolicited: { from: Side; at: number }[] = [];
  const messages: Record<Side, number[]> = { client: [], server: [] };
  const pongs: number[] = [];
  /** The pings of each side that have no answer yet. */
  const open: Record<Side, Beat[]> = { client: [], server: [] };
  for (const { from, frame, at } of frames) {
    if (frame.opcode === Opcode.ping) {
      const beat = { from, at, answeredAt: undefined, payload: frame.payload, wasPassedOver: false };
      beats.push(beat);
      open[from].push(beat);
    } else if (frame.opcode === Opcode.pong) {
      if (from === 'client') pongs.push(at);
      if (!answer(open[from === 'client' ? 'server' : 'client'], frame, at)) unsolicited.push({ from, at });
    } else if (!isControl(frame.opcode)) {
      messages[from].push(at);
    }
  }
  return {
    beats,
    unsolicited,
    messages,
    longestWithoutPong: longestSilence(pongs),
    longestWithoutMessage: longestSilence(messages.client),
  };
}

/** Finds the ping that a pong answers: the first open one of the same payload. Those before it are passed over. */
function answer(open: Beat[], { payload }: Frame, at: number): boolean {
  const index = open.findIndex((beat) => equal(beat.payload, payload));
  if (index === -1) return false;
  for (const [place, beat] of open.splice(0, index + 1).entries()) {
    if (place === index) beat.answeredAt = at;
    else beat.wasPassedOver = true;
  }
  return true;
}

function longestSilence(times: readonly number[]): Silence | undefined {
  let longest: Silence | undefined;
  for (const [index, to] of times.entries()) {
    const from = times[index - 1];
    if (from !== undefined && (!longest || to - from > longest.to - longest.from)) longest = { from, to };
  }
  return longest;
}

const equal = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
