import type { Connection } from './connection.ts';
import { ExchangeReader, type HttpExchange } from './http-exchanges.ts';

/** A reader for each connection, by the list of its chunks: that one grows, while the connection's views come and go. */
const readers = new WeakMap<Connection['client']['chunks'], ExchangeReader>();

/**
 * The exchanges of a connection that is looked at again and again as it grows: what was read before is not read anew.
 * The answer is `exchangesOf` of the newest view that was asked about.
 */
export function knownExchangesOf(connection: Connection): readonly HttpExchange[] {
  const known = readers.get(connection.client.chunks);
  const reader = known ?? new ExchangeReader();
  if (!known) readers.set(connection.client.chunks, reader);
  return reader.read(connection);
}
