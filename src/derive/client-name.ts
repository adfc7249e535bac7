import type { Connection } from './connection.ts';
import { fieldValues } from '../protocol/read-head.ts';

/** Well-known clients by how their User-Agent begins. */
const byUserAgent: readonly [RegExp, string][] = [
  [/^curl\//, 'curl'],
  [/^Go-http-client/, 'Go'],
  [/^Python\//, 'Python websockets'],
  [/^node|undici/i, 'Node.js'],
  [/Firefox\//, 'Firefox'],
  [/Edg\//, 'Edge'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

/** What a client calls itself; `undefined` where it does not. */
export const userAgentOf = ({ request }: Connection): string | undefined =>
  request && fieldValues(request, 'User-Agent')[0];

/** Who opened a connection, as far as its request tells. */
export function clientName(connection: Connection): string {
  if (connection.path === null) return 'by hand';
  const userAgent = userAgentOf(connection);
  if (userAgent === undefined) return connection.request ? 'no User-Agent' : 'unknown client';
  const known = byUserAgent.find(([pattern]) => pattern.test(userAgent));
  return known?.[1] ?? userAgent.split(/[\s/]/)[0] ?? userAgent;
}
