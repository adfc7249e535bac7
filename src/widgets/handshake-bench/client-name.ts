import type { Connection } from '../../derive/connection.ts';
import { fieldValues } from '../../protocol/read-head.ts';

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

/** Who opened a connection, as far as its request tells. */
export function clientName({ path, request }: Connection): string {
  if (path === null) return 'by hand';
  const userAgent = request && fieldValues(request, 'User-Agent')[0];
  if (userAgent === undefined) return request ? 'no User-Agent' : 'unknown client';
  const known = byUserAgent.find(([pattern]) => pattern.test(userAgent));
  return known?.[1] ?? userAgent.split(/[\s/]/)[0] ?? userAgent;
}
