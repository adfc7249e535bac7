import { base64 } from '@scure/base';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';
import { fieldValues } from '../protocol/read-head.ts';
import { decodeUtf8 } from '../protocol/utf8.ts';
import type { Connection } from './connection.ts';
import { timesOf } from './connection.ts';
import type { WireLogView } from './log-reader.ts';
import { messagesOf } from './messages.ts';

/** Most that is kept of a message, in bytes. */
const maxMessageBytes = 1024 * 1024;

/**
 * A wire log as HAR 1.2, with `_webSocketMessages` as Chrome's developer tools write them. `startedAt` is when the lab
 * began, ms since 1970. A connection without a whole request is left out: HAR has no place for it.
 */
export function exportHar({ connections }: Pick<WireLogView, 'connections'>, startedAt: number): string {
  const entries = connections.flatMap((connection) =>
    connection.request ? [entryOf(connection, connection.request, startedAt)] : [],
  );
  const log = { version: '1.2', creator: { name: 'ws101', version: '1' }, pages: [], entries };
  return JSON.stringify({ log }, undefined, 2);
}

function entryOf(connection: Connection, request: RequestHead, startedAt: number): object {
  const { openedAt, response, client, server, handshake, responseBody, conn } = connection;
  const sent = timesOf(client, { start: 0, end: request.bytes.length });
  const answered = response && timesOf(server, { start: 0, end: response.bytes.length });
  const send = Math.max(0, (sent?.at ?? openedAt) - openedAt);
  const wait = answered ? Math.max(0, (answered.due ?? answered.at) - (sent?.at ?? openedAt)) : -1;
  const host = fieldValues(request, 'Host')[0] ?? 'localhost';
  const isOpen = handshake === 'open';
  return {
    startedDateTime: isoTime(startedAt + openedAt),
    time: send + Math.max(0, wait),
    connection: String(conn),
    _resourceType: isOpen ? 'websocket' : 'other',
    request: {
      method: request.method,
      url: `${isOpen ? 'ws' : 'http'}://${host}${request.target}`,
      httpVersion: request.version,
      ...headOf(request),
      queryString: queryOf(request.target),
      bodySize: 0,
    },
    response: {
      status: response?.statusCode ?? 0,
      statusText: response?.reasonPhrase ?? '',
      httpVersion: response?.version ?? '',
      ...(response ? headOf(response) : { headers: [], cookies: [], headersSize: -1 }),
      content: {
        size: responseBody.length,
        mimeType: response ? (fieldValues(response, 'Content-Type')[0] ?? '') : '',
        text: decodeUtf8(responseBody),
      },
      redirectURL: '',
      bodySize: responseBody.length,
    },
    cache: {},
    timings: { send, wait, receive: 0 },
    ...(isOpen ? { _webSocketMessages: webSocketMessages(connection, startedAt) } : {}),
  };
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
