import type { Side } from '../contract/wire-event.ts';
import { Opcode } from '../protocol/opcode.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import type { Connection, TimedFrame } from './connection.ts';

/** Who asks whom whether it is there: two kernels; the server the browser; the page the server's program; or back. */
export type Layer = 'tcp' | 'server ping' | 'page asks' | 'server asks';

/** One question of a heartbeat and its answer, by the wire. Times are ms since the lab began. */
export interface Question {
  /** It entered the link. */
  at: number;
  /** Its answer left the link: whoever asked could read it; `undefined` where none has. */
  answeredAt: number | undefined;
  /** Both frames, header and payload, as far as they were sent. */
  byteCount: number;
}

/** When an illness began and when it was looked at last, ms since the lab began. */
export interface Observed {
  illFrom: number;
  to: number;
}

/** What a heartbeat made of an illness. */
export interface LivenessVerdict {
  /** Who gave the connection up; `undefined` where nobody did. */
  noticedBy: Side | undefined;
  /** So long after the illness began, ms. */
  afterMs: number | undefined;
  /** Questions that were asked while it lasted. */
  asked: number;
  /** How many of them were answered: each says that all is well. */
  answered: number;
  /** The longest time without a question from the illness on, ms; `undefined` where the wire shows none at all. */
  longestGapMs: number | undefined;
  /** Bytes of a question with its answer, on average of those before the illness; `undefined` where there was none. */
  bytesPerBeat: number | undefined;
}

/** How the frames of a layer are told from others: TCP's are none. */
const asks: Readonly<Record<Layer, { by: Side; ask: number; answer: number } | undefined>> = {
  tcp: undefined,
  'server ping': { by: 'server', ask: Opcode.ping, answer: Opcode.pong },
  'page asks': { by: 'client', ask: Opcode.text, answer: Opcode.text },
  'server asks': { by: 'server', ask: Opcode.text, answer: Opcode.text },
};

/** The questions of a layer on its connection, in their order. An answer belongs to the question of its id. */
export function questionsOf(layer: Layer, { frames }: Connection): Question[] {
  const kind = asks[layer];
  if (!kind) return [];
  const questions: Question[] = [];
  const open = new Map<string, Question>();
  for (const timed of frames) {
    const { from, frame, at, due } = timed;
    if (from === kind.by && frame.opcode === kind.ask) {
      const key = keyOf(timed, 'ping');
      if (key === undefined) continue;
      const question = { at, answeredAt: undefined, byteCount: lengthOf(timed) };
      questions.push(question);
      open.set(key, question);
    } else if (from !== kind.by && frame.opcode === kind.answer) {
      // An echo answers with the very message; a page of ours with a pong.
      const key = keyOf(timed, layer === 'server asks' ? 'pong' : 'ping');
      const question = key === undefined ? undefined : open.get(key);
      if (key === undefined || !question) continue;
      question.answeredAt = due;
      question.byteCount += lengthOf(timed);
      open.delete(key);
    }
  }
  return questions;
}

/** What a question and its answer have in common: the payload of control frames, the id of messages. */
function keyOf({ frame: { opcode, payload } }: TimedFrame, type: 'ping' | 'pong'): string | undefined {
  const text = decodeUtf8(payload);
  if (opcode !== Opcode.text) return text;
  return new RegExp(`^\\{"type":"${type}","id":(\\d+)\\}$`).exec(text)?.[1];
}

const lengthOf = ({ range }: TimedFrame): number => range.end - range.start;

/**
 * What a layer made of an illness, from its connection's part of the wire log. The server's giving up is on the wire: it
 * ends the connection. `pageGaveUpAt` is when the page's own heartbeat did, ms since the lab began: a page that gives a
 * dead connection up puts nothing on the wire that arrives.
 */
export function judgeLiveness(
  layer: Layer,
  connection: Connection,
  { illFrom, to }: Observed,
  pageGaveUpAt?: number,
): LivenessVerdict {
  const questions = questionsOf(layer, connection);
  const before = questions.filter(({ at, answeredAt }) => at < illFrom && answeredAt !== undefined);
  const during = questions.filter(({ at }) => at >= illFrom && at <= to);
  const noticed = noticeOf(connection, { illFrom, to }, pageGaveUpAt);
  return {
    noticedBy: noticed?.by,
    afterMs: noticed && noticed.at - illFrom,
    asked: during.length,
    answered: during.filter(({ answeredAt = Number.POSITIVE_INFINITY }) => answeredAt <= to).length,
    longestGapMs: longestGap(questions, { illFrom, to: noticed?.at ?? to }),
    bytesPerBeat:
      before.length === 0
        ? undefined
        : before.reduce((sum, { byteCount }) => sum + byteCount, 0) / before.length,
  };
}

/** Who gave the connection up first while it was looked at. */
function noticeOf(
  { ends }: Connection,
  { illFrom, to }: Observed,
  pageGaveUpAt = Number.POSITIVE_INFINITY,
): { by: Side; at: number } | undefined {
  const end = ends.find(({ by, at }) => by === 'server' && at >= illFrom && at <= to);
  const page = pageGaveUpAt >= illFrom && pageGaveUpAt <= to ? pageGaveUpAt : Number.POSITIVE_INFINITY;
  if (end && end.at < page) return { by: 'server', at: end.at };
  return Number.isFinite(page) ? { by: 'client', at: page } : undefined;
}

function longestGap(questions: readonly Question[], { illFrom, to }: Observed): number | undefined {
  if (questions.length === 0) return undefined;
  const lastBefore = questions.findLast(({ at }) => at < illFrom)?.at ?? illFrom;
  const times = [lastBefore, ...questions.map(({ at }) => at).filter((at) => at >= illFrom && at <= to), to];
  return Math.max(...times.slice(1).map((at, index) => at - (times[index] ?? at)));
}

/**
 * Bytes that a heartbeat puts on the wire in a minute of asking so often, ms. Of its frames only: what TCP and IP add is
 * not in the wire log.
 */
export const bytesPerMinute = (bytesPerBeat: number, everyMs: number): number =>
  Math.round((bytesPerBeat * 60_000) / everyMs);

/**
 * Bytes of a probe of TCP's keep-alive with its answer: two segments without data, each with an IPv4 header (20 bytes,
 * RFC 791 §3.1), a TCP header (20, RFC 9293 §3.1) and its timestamps (12, RFC 7323 §3.2 with its padding). Computed:
 * the kernels send them, and the wire log does not see them.
 */
export const tcpProbeBytes = 2 * (20 + 20 + 12);
