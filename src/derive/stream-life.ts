import { readClosePayload } from '../protocol/close-payload.ts';
import { Opcode } from '../protocol/opcode.ts';
import type { Connection } from './connection.ts';

/** What the wire tells of a page's connection to the stream. Times are milliseconds since the lab began. */
export interface StreamLife {
  conn: number;
  openedAt: number;
  /** The client's Close frame, where it has sent one. */
  goodbye: { at: number; code: number | undefined; reason: string } | undefined;
  endedAt: number | undefined;
  /** The newest thing that is known of it. */
  lastAt: number;
  /** Texts of the client, and of the server. */
  sent: number;
  heard: number;
  /** The longest time between two texts of the client; 0 before there are two. */
  longestSilenceMs: number;
}

/** The connections to the stream, in the order in which they came. */
export const streamLives = (connections: readonly Connection[]): StreamLife[] =>
  connections.filter(({ path }) => /\/stream(\?|$)/.test(path ?? '')).map(lifeOf);

function lifeOf({ conn, openedAt, frames, end }: Connection): StreamLife {
  const texts = frames.filter(({ frame }) => frame.opcode === Opcode.text);
  const sentAt = texts.filter(({ from }) => from === 'client').map(({ at }) => at);
  const close = frames.find(({ from, frame }) => from === 'client' && frame.opcode === Opcode.close);
  const said = close && readClosePayload(close.frame.payload);
  return {
    conn,
    openedAt,
    goodbye: close && { at: close.at, code: said?.closeCode, reason: said?.closeReason ?? '' },
    endedAt: end?.at,
    lastAt: Math.max(openedAt, frames.at(-1)?.at ?? 0, end?.at ?? 0),
    sent: sentAt.length,
    heard: texts.length - sentAt.length,
    longestSilenceMs: sentAt.reduce((most, at, index) => Math.max(most, at - (sentAt[index - 1] ?? at)), 0),
  };
}

/** Something on the wire that belongs on a life line. */
export interface WireMoment {
  at: number;
  what: string;
}

/** The beginnings, goodbyes and ends of the streams, in the order of time. */
export function wireMoments(lives: readonly StreamLife[]): WireMoment[] {
  const moments = lives.flatMap(({ conn, openedAt, goodbye, endedAt }) => [
    { at: openedAt, what: `connection ${String(conn)} begins` },
    ...(goodbye ? [{ at: goodbye.at, what: `client’s Close ${closeWords(goodbye)}` }] : []),
    ...(endedAt === undefined ? [] : [{ at: endedAt, what: `connection ${String(conn)} ends` }]),
  ]);
  return moments.sort((one, other) => one.at - other.at);
}

const closeWords = ({ code, reason }: { code: number | undefined; reason: string }): string =>
  `${code === undefined ? 'without a code' : String(code)}${reason === '' ? '' : `, “${reason}”`}`;
