import { latin1 } from '../protocol/visible-text.ts';
import type { Connection } from './connection.ts';
import type { HttpExchange } from './http-exchanges.ts';
import { streamBytes } from './stream-bytes.ts';

/** The content of an answer, as far as it has come, byte for byte. */
export const answerText = (connection: Connection, { response }: HttpExchange): string =>
  (response?.body.segments ?? []).map((segment) => latin1(streamBytes(connection.server, segment))).join('');

/** The ids of the feed messages in a text, in their order. A payload has no quotation marks, so none is found in one. */
export const messageIds = (text: string): number[] =>
  [...text.matchAll(/\{"id":(\d{1,15}),"bornAt":/g)].map(([, id]) => Number(id));
