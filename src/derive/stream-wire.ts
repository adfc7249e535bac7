import type { Side } from '../contract/wire-event.ts';
import { Opcode } from '../protocol/opcode.ts';
import { fieldValues } from '../protocol/read-head.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import type { Connection, TimedFrame } from './connection.ts';

/** A message of a numbered stream as it crossed a link once. Times are ms since the lab began. */
export interface Crossed {
  /** The connection, by its number in the wire log, and the frame in it. */
  conn: number;
  frame: number;
  from: Side;
  /** Its last byte entered the link. */
  at: number;
  /** Its last byte left the link, if it has. */
  due: number | undefined;
  /** The link has swallowed it. */
  isLost: boolean;
  /** What the application gave to be sent. */
  data: string;
}

/** What the frames of a connection carry of a numbered stream. */
export interface StreamTalk {
  messages: readonly Crossed[];
  /** The server's first greeting; without the envelopes, the end of its handshake. */
  welcomedAt: number | undefined;
  /** When the client said that it closes: what reaches it afterwards is not heard (WHATWG: a closing socket passes over it). */
  clientClosedAt: number | undefined;
}

/** The subprotocol whose messages are envelopes around those of the application. */
const envelopes = 'resilient.v1';

/** What an envelope says, as far as a ledger needs it; frames do not change. */
const readings = new WeakMap<object, Reading>();
type Reading = { kind: 'message'; data: string } | { kind: 'welcome' } | { kind: 'other' };

/** Reads what the frames of a connection to the stream carry: with envelopes where those were agreed, else as they are. */
export function streamTalkOf(connection: Connection): StreamTalk {
  const { conn, frames, response } = connection;
  const isPlain = subprotocolOf(connection) !== envelopes;
  const messages: Crossed[] = [];
  let welcomedAt = isPlain && response ? responseAt(connection) : undefined;
  let clientClosedAt: number | undefined;
  for (const timed of frames) {
    const { frame, from, at, due } = timed;
    if (frame.opcode === Opcode.close && from === 'client') clientClosedAt ??= at;
    if (frame.opcode !== Opcode.text || !frame.fin) continue;
    const reading = readingOf(timed, isPlain);
    if (reading.kind === 'welcome') welcomedAt ??= at;
    if (reading.kind !== 'message') continue;
    messages.push({ conn, frame: timed.index, from, at, due, isLost: timed.isLost, data: reading.data });
  }
  return { messages, welcomedAt, clientClosedAt };
}

const responseAt = ({ server }: Connection): number | undefined => server.chunks[0]?.at;

const subprotocolOf = ({ response }: Connection): string | undefined =>
  response && fieldValues(response, 'Sec-WebSocket-Protocol')[0];

function readingOf({ frame }: TimedFrame, isPlain: boolean): Reading {
  const known = readings.get(frame);
  if (known) return known;
  const text = decodeUtf8(frame.payload);
  const reading: Reading = isPlain ? { kind: 'message', data: text } : readText(text);
  readings.set(frame, reading);
  return reading;
}

function readText(text: string): Reading {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('type' in json)) return { kind: 'other' };
    if (json.type === 'welcome') return { kind: 'welcome' };
    const isMessage = json.type === 'message' && 'data' in json && typeof json.data === 'string';
    return isMessage ? { kind: 'message', data: json.data as string } : { kind: 'other' };
  } catch {
    return { kind: 'other' };
  }
}
