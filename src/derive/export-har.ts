import { base64 } from '@scure/base';
import type { ByteRange } from '../protocol/byte-range.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';
import { fieldValues } from '../protocol/read-head.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import { timesOf, type Connection, type Stream } from './connection.ts';
import { exchangesOf, type HttpExchange, type HttpMessage } from './http-exchanges.ts';
import type { WireLogView } from './log-reader.ts';
import { messagesOf } from './messages.ts';
import { streamBytes } from './stream-bytes.ts';

/** Most that is kept of a message, in bytes. */
const maxMessageBytes = 1024 * 1024;

/**
 * A wire log as HAR 1.2, with `_webSocketMessages` as Chrome's developer tools write them: an entry for each request of
 * each connection. `startedAt` is when the lab began, ms since 1970. A connection without a whole request is left out:
 * HAR has no place for it.
 */
export function exportHar({ connections }: Pick<WireLogView, 'connections'>, startedAt: number): string {
  const entries = connections.flatMap((connection) =>
    exchangesOf(connection).flatMap((exchange) =>
      exchange.request ? [entryOf(connection, exchange, exchange.request, startedAt)] : [],
    ),
  );
  entries.sort((one, other) => one.beganAt - other.beganAt);
  const log = {
    version: '1.2',
    creator: { name: 'ws101', version: '1' },
    pages: [],
    entries: entries.map(({ entry }) => entry),
  };
  return JSON.stringify({ log }, undefined, 2);
}

function entryOf(
  connection: Connection,
  { index, response }: HttpExchange,
  request: HttpMessage<RequestHead>,
  startedAt: number,
): { beganAt: number; entry: object } {
  const { openedAt, client, handshake, conn } = connection;
  const { head } = request;
  const sent = timesOf(client, rangeOf(request));
  // The first request has waited for its connection, too.
  const beganAt = index === 1 ? openedAt : (sent?.beganAt ?? openedAt);
  const timings = timingsOf(connection, response, beganAt, sent?.at ?? beganAt);
  const host = fieldValues(head, 'Host')[0] ?? 'localhost';
  // HTTP ends where the upgrade is done, and the frames are those behind it.
  const isOpen = response?.head.statusCode === 101 && handshake === 'open';
  const sentBody = contentOf(client, request);
  const entry = {
    startedDateTime: isoTime(startedAt + beganAt),
    time: timings.send + Math.max(0, timings.wait) + timings.receive,
    connection: String(conn),
    _resourceType: isOpen ? 'websocket' : 'other',
    request: {
      method: head.method,
      url: `${isOpen ? 'ws' : 'http'}://${host}${head.target}`,
      httpVersion: head.version,
      ...headOf(head),
      queryString: queryOf(head.target),
      bodySize: sentBody.length,
      ...(sentBody.length > 0
        ? { postData: { mimeType: fieldValues(head, 'Content-Type')[0] ?? '', text: decodeUtf8(sentBody) } }
        : {}),
    },
    response: responseOf(connection, response),
    cache: {},
    timings,
    ...(isOpen ? { _webSocketMessages: webSocketMessages(connection, startedAt) } : {}),
  };
  return { beganAt, entry };
}

/** `wait` is -1 where no answer came. Milliseconds. */
function timingsOf(
  { server }: Connection,
  response: HttpMessage<ResponseHead> | undefined,
  beganAt: number,
  sentAt: number,
): { send: number; wait: number; receive: number } {
  const send = Math.max(0, sentAt - beganAt);
  const first = response && timesOf(server, response.headRange);
  const last = response && timesOf(server, rangeOf(response));
  if (!first || !last) return { send, wait: -1, receive: 0 };
  const firstAt = first.due ?? first.at;
  return { send, wait: Math.max(0, firstAt - sentAt), receive: Math.max(0, (last.due ?? last.at) - firstAt) };
}

function responseOf({ server }: Connection, response: HttpMessage<ResponseHead> | undefined): object {
  const content = response ? contentOf(server, response) : new Uint8Array(0);
  return {
    status: response?.head.statusCode ?? 0,
    statusText: response?.head.reasonPhrase ?? '',
    httpVersion: response?.head.version ?? '',
    ...(response ? headOf(response.head) : { headers: [], cookies: [], headersSize: -1 }),
    content: {
      size: content.length,
      mimeType: response ? (fieldValues(response.head, 'Content-Type')[0] ?? '') : '',
      text: decodeUtf8(content),
    },
    redirectURL: '',
    bodySize: response ? response.body.contentBytes + response.body.framingBytes : -1,
  };
}

/** Where a message stands in all that its side has sent, as far as it has come. */
const rangeOf = ({ headRange, body }: HttpMessage<RequestHead | ResponseHead>): ByteRange => ({
  start: headRange.start,
  end: headRange.end + body.contentBytes + body.framingBytes,
});

/** The content of a message, without what frames it. */
function contentOf(stream: Stream, { body }: HttpMessage<RequestHead | ResponseHead>): Uint8Array {
  const content = new Uint8Array(body.contentBytes);
  let length = 0;
  for (const segment of body.segments) {
    const bytes = streamBytes(stream, segment);
    content.set(bytes, length);
    length += bytes.length;
  }
  return content;
}

// No clock: it writes a time that it is given.
// eslint-disable-next-line no-restricted-globals
const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

const headOf = (head: RequestHead | ResponseHead): object => ({
  headers: head.fields.map(({ name, value }) => ({ name, value })),
  cookies: [],
  headersSize: head.bytes.length,
});

/** The parameters of a query as they stand; what was percent-encoded stays so. */
function queryOf(target: string): { name: string; value: string }[] {
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? { name: pair, value: '' } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
    });
}

/** `time` is in seconds since 1970; a binary message is base64, as Chrome has it. */
function webSocketMessages(connection: Connection, startedAt: number): object[] {
  return messagesOf(connection, maxMessageBytes).map(({ from, at, due, message }) => ({
    type: from === 'client' ? 'send' : 'receive',
    time: (startedAt + (from === 'client' ? at : (due ?? at))) / 1000,
    opcode: message.kind === 'text' ? 1 : 2,
    data: message.text ?? base64.encode(message.payload),
  }));
}
