import { Opcode } from '../protocol/opcode.ts';
import type { Connection, TimedFrame } from './connection.ts';

/** How far a client's numbered messages have come, by the wire. Bytes are those of payloads. */
export interface SendProgress {
  /** Bytes that have entered the link. */
  enteredBytes: number;
  /** Bytes of messages that have left it to the server, and how many messages those were. */
  arrivedBytes: number;
  arrived: number;
  /** The number of the newest of them; 0 before the first. */
  newest: number;
}

/** The number stands in the first bytes: `{"n":12, …`, also inside of an envelope. */
const headBytes = 120;

/** The number `n` of a message, where its JSON begins with one, by itself or as the data of an envelope. */
export function numberIn(payload: Uint8Array): number | undefined {
  const head = String.fromCharCode(...payload.subarray(0, headBytes));
  const [, digits] = /\{\\?"n\\?":(\d{1,9})\b/.exec(head) ?? [];
  return digits === undefined ? undefined : Number(digits);
}

/** The text frames of a client that have left the link. */
export const arrivedTexts = ({ frames }: Connection): TimedFrame[] =>
  frames.filter(
    ({ from, frame, due }) => from === 'client' && due !== undefined && frame.opcode === Opcode.text,
  );

/** Reads from the wire how far the client's messages have come. */
export function sendProgress(connection: Connection): SendProgress {
  const begun = connection.pending.client?.wirePayload.length ?? 0;
  const entered = connection.frames.filter(({ from }) => from === 'client');
  const arrived = arrivedTexts(connection);
  const last = arrived.findLast(({ frame }) => numberIn(frame.payload) !== undefined);
  return {
    enteredBytes: begun + payloadBytes(entered),
    arrivedBytes: payloadBytes(arrived),
    arrived: arrived.length,
    newest: last ? (numberIn(last.frame.payload) ?? 0) : 0,
  };
}

const payloadBytes = (frames: readonly TimedFrame[]): number =>
  frames.reduce((sum, { frame }) => sum + frame.payloadLength, 0);
