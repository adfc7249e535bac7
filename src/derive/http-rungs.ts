import type { Side } from '../contract/wire-event.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import type { RequestHead } from '../protocol/http-head.ts';
import { fieldTokens } from '../protocol/read-head.ts';
import { chunkIndexAt, timesOf, type Connection, type PassageTimes } from './connection.ts';
import type { HttpExchange, HttpMessage } from './http-exchanges.ts';
import { knownExchangesOf } from './known-exchanges.ts';
import type { Happening, Rung } from './rung.ts';

/** Adds a rung to a ladder; `name` is unique in its connection, however that grows. */
export type AddRung = (
  name: string | number,
  from: Rung['from'],
  times: PassageTimes,
  byteCount: number,
  what: Happening,
) => void;

/** Whether a request asks to leave HTTP for WebSocket (RFC 6455 §4.1). */
export const asksForWebSocket = (head: RequestHead): boolean =>
  fieldTokens(head, 'Upgrade').some((protocol) => protocol.toLowerCase() === 'websocket');

/**
 * Adds the rungs of a connection that speaks HTTP beyond one request and one plain answer: each request and each answer
 * has rungs of its own, and of a chunked body (RFC 9112 §7.1) each chunk. Answers whether it is such a connection.
 */
export function addExchanges(connection: Connection, add: AddRung): boolean {
  const exchanges = knownExchangesOf(connection);
  const [first] = exchanges;
  const isPlain = exchanges.length <= 1 && first?.response?.body.framing.kind !== 'chunked';
  if (isPlain) return false;
  for (const { index, request, interim, response } of exchanges) {
    const ending = index === 1 ? '' : `-${String(index)}`;
    if (request) {
      addMessage(connection, 'client', request, { head: `request${ending}`, body: `sent${ending}` }, add);
    }
    for (const [number, each] of interim.entries()) {
      const name = `interim${ending}-${String(number + 1)}`;
      addMessage(connection, 'server', each, { head: name, body: name }, add);
    }
    if (response) {
      addMessage(connection, 'server', response, { head: `response${ending}`, body: `body${ending}` }, add);
    }
  }
  return true;
}

type Message = NonNullable<HttpExchange['request'] | HttpExchange['response']>;

function addMessage(
  connection: Connection,
  from: Side,
  { head, headRange, body }: Message,
  names: { head: string; body: string },
  add: AddRung,
): void {
  const stream = connection[from];
  const isByLink = stream.chunks[chunkIndexAt(stream.chunks, headRange.start)]?.byLink === true;
  const sender = isByLink ? 'link' : from;
  const ofHead = timesOf(stream, headRange);
  if (ofHead) {
    const what: Happening = head.kind === 'request' ? { kind: 'request', head } : { kind: 'response', head };
    add(names.head, sender, ofHead, headRange.end - headRange.start, what);
  }
  for (const [index, piece] of piecesOf({ headRange, body }).entries()) {
    const times = timesOf(stream, piece);
    const isChunk = body.framing.kind === 'chunked';
    const name = isChunk ? `${names.body}.${String(index + 1)}` : names.body;
    const what: Happening = { kind: 'body', of: from, content: piece.content, isChunk };
    if (times) add(name, sender, times, piece.end - piece.start, what);
  }
}

/** CR LF behind the content of a chunk. */
const lineEndBytes = 2;

/** The parts of a body, as they stand in all that its side has sent: its chunks, or all in one. */
function piecesOf({
  headRange,
  body,
}: Pick<HttpMessage<never>, 'headRange' | 'body'>): (ByteRange & { content: ByteRange | undefined })[] {
  const { framing, segments, contentBytes, framingBytes, isWhole } = body;
  const end = headRange.end + contentBytes + framingBytes;
  if (end === headRange.end) return [];
  if (framing.kind !== 'chunked') {
    const all = { start: headRange.end, end };
    return [{ ...all, content: all }];
  }
  const pieces: (ByteRange & { content: ByteRange | undefined })[] = [];
  let start = headRange.end;
  for (const content of segments) {
    const behind = Math.min(content.end + lineEndBytes, end);
    pieces.push({ start, end: behind, content: { ...content } });
    start = behind;
  }
  if (isWhole && start < end) pieces.push({ start, end, content: undefined });
  return pieces;
}
