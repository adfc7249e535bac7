import type { ScriptEvent } from './align-clock.ts';
import type { ImposedEvent } from '../contract/wire-event.ts';
import { describeJudged, describeViolation } from '../protocol/describe-frame.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import { conditionsSentence } from './condition-words.ts';
import type { Stream } from './connection.ts';
import { rungViolations } from './frame-violations.ts';
import type { Happening, Rung } from './rung.ts';
import { streamBytes } from './stream-bytes.ts';

/** What a rung says of itself: a few words, as they stand in the ladder. */
export function rungLabel(rung: Rung): string {
  const { connection, what } = rung;
  switch (what.kind) {
    case 'accepted':
      return 'TCP accepted';
    case 'request':
      return `${what.head.method} ${what.head.target}`;
    case 'response':
      return `${String(what.head.statusCode)} ${what.head.reasonPhrase}`;
    case 'body':
      return bodyWords(what);
    case 'open':
      return 'The handshake is done';
    case 'frame':
      return describeJudged(what.frame.frame, rungViolations(rung));
    case 'unfinished':
      return ['Unfinished', what.of, ...rungViolations(rung).map(describeViolation)].join(' ');
    case 'lost':
      return `${bytes(what.loss.byteCount)} lost on the link`;
    case 'end':
      return `TCP ended with ${(connection?.end?.how ?? 'fin').toUpperCase()}`;
    case 'script':
      return what.event.what;
    case 'conditions':
      return conditionsSentence(what.event.conditions);
    case 'imposed':
      return imposedWords(what.event);
    case 'gap':
      return `The log dropped ${String(what.event.events)} events`;
  }
}

/** What stands beside the label, in small print: who to whom, fragments, delays are the view's to add. */
export function rungDetail({ connection, what }: Rung): string {
  switch (what.kind) {
    case 'frame':
      return what.fragment
        ? `fragment ${String(what.fragment.number)}${what.fragment.place === 'last' ? ', the last' : ''}`
        : '';
    case 'unfinished':
      return what.missingBytes === undefined
        ? 'its end has not come'
        : `${countless(what.missingBytes) ?? bytes(what.missingBytes)} have not come`;
    case 'open':
      return 'from here on, frames';
    case 'script':
      return `${what.event.detail}; readyState ${what.readyState}${bufferedWords(what.event)}`;
    case 'gap':
      return `${bytes(what.event.byteCount)}: ${what.event.why}`;
    case 'body':
      return what.isChunk && what.content && connection ? beginningOf(connection[what.of], what.content) : '';
    case 'accepted':
    case 'request':
    case 'response':
    case 'lost':
    case 'end':
    case 'conditions':
    case 'imposed':
      return '';
  }
}

function bodyWords({ of, content, isChunk }: Extract<Happening, { kind: 'body' }>): string {
  const whole = of === 'client' ? 'the request' : 'the response';
  if (!isChunk) return `Body of ${whole}`;
  return content ? `Chunk of ${whole}` : `Last chunk of ${whole}`;
}

/** Most that is shown of a chunk, in bytes. */
const maxShownBytes = 40;

/** The text that content begins with, in one line. */
function beginningOf(stream: Stream, { start, end }: ByteRange): string {
  const shown = streamBytes(stream, { start, end: Math.min(end, start + maxShownBytes) });
  const text = decodeUtf8(shown).trim().replaceAll(/\s+/g, ' ');
  return end - start > maxShownBytes ? `${text}…` : text;
}

/** What `bufferedAmount` says while the socket is open; a late `send()` says it in its own words. */
const bufferedWords = ({ bufferedAmount, readyState }: ScriptEvent): string =>
  bufferedAmount > 0 && readyState === 1 ? `; bufferedAmount ${String(bufferedAmount)}` : '';

/** A rung as a sentence, for a screen reader: `Server to client: TEXT 'hi' [2 bytes], 4 bytes on the wire.` */
export function rungSentence(rung: Rung): string {
  const { what, byteCount } = rung;
  const detail = rungDetail(rung);
  const parts = [
    `${whoWords(rung)}: ${rungLabel(rung)}`,
    detail,
    byteCount > 0 && what.kind !== 'lost' && `${bytes(byteCount)} on the wire`,
    passageWords(rung),
  ];
  return `${parts.filter((part) => part !== '' && part !== false).join(', ')}.`;
}

/** A delay on the link below this is not worth a word, ms. */
const leastDelayMs = 0.1;

/** What the link did to the bytes of a rung, where that is worth a word: delayed them, holds them, or has lost them. */
export function passageWords({ from, what, at, due, isLost, connection }: Rung): string {
  if (due !== undefined) return due - at >= leastDelayMs ? `${formatDelay(due - at)} on the link` : '';
  if (what.kind === 'lost' || from === 'script') return '';
  return isLost || connection?.end ? 'never arrived' : 'held by the link';
}

const formatDelay = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

function whoWords({ from, what, connection }: Rung): string {
  if (from === 'script') return 'Script';
  if (from === 'link') return what.kind === 'end' ? 'The link' : 'The link, as imposed';
  const to = from === 'client' ? 'server' : 'client';
  const carries = what.kind !== 'accepted' && what.kind !== 'open' && what.kind !== 'end';
  const side = from === 'client' ? 'Client' : 'Server';
  const number = connection === undefined ? '' : `connection ${String(connection.conn)}, `;
  return `${number}${carries ? `${side} to ${to}` : side}`;
}

/** A count that a number does not hold exactly, in words (a 64-bit length may say so much). */
export const countless = (count: number): string | undefined =>
  count > Number.MAX_SAFE_INTEGER ? 'more bytes than JavaScript can count' : undefined;

const bytes = (count: number): string => (count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`);

function imposedWords({ what, conn, from }: ImposedEvent): string {
  const whose = from === undefined ? '' : ` of the ${from}`;
  switch (what) {
    case 'forgotten':
      return `A middlebox has forgotten connection ${String(conn)}`;
    case 'message dropped':
      return `The service dropped a message${whose}`;
    case 'message duplicated':
      return `The service took a message${whose} twice`;
    case 'message reordered':
      return `The service let the next message${whose} overtake`;
  }
}
