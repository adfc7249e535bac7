import type { FeedTransport } from '../contract/feed.ts';
import { timesOf, type Connection } from './connection.ts';
import { exchangesOf, type HttpExchange } from './http-exchanges.ts';
import { transportOf } from './race-ledger.ts';

/** A request for a feed, and the TCP connection that carried it. */
export interface FeedRequest {
  connection: Connection;
  exchange: HttpExchange;
  transport: FeedTransport;
  /** When its first byte entered the link, ms since the lab began. */
  beganAt: number;
  /** It is the first request of its connection: that was opened for it. */
  isFirst: boolean;
}

/** The requests for a lab's feed by one way, from a moment on, in the order in which they were made. */
export function feedRequests(
  connections: readonly Connection[],
  transport: FeedTransport,
  since = 0,
): FeedRequest[] {
  const found: FeedRequest[] = [];
  for (const connection of connections) {
    if ((connection.client.chunks.at(-1)?.at ?? -Infinity) < since) continue;
    for (const exchange of exchangesOf(connection)) {
      const { request, response, index } = exchange;
      if (!request || labTransport(request.head.target, response?.head.statusCode === 101) !== transport) {
        continue;
      }
      const beganAt = timesOf(connection.client, request.headRange)?.beganAt ?? 0;
      if (beganAt >= since) {
        found.push({ connection, exchange, transport, beganAt, isFirst: index === 1 });
      }
    }
  }
  return found.sort((one, other) => one.beganAt - other.beganAt);
}

/** Which way of hearing the feed of whatever lab a request-target belongs to. */
function labTransport(target: string, isUpgrade: boolean): FeedTransport | undefined {
  const labPath = /^\/labs\/[^/?]+/.exec(target)?.[0];
  return labPath === undefined ? undefined : transportOf(target, labPath, isUpgrade);
}
