import { accepted, refused, show, type Parsed } from '../../src/contract/result.ts';
import type { Destination } from '../proxy/caching-proxy.ts';

/** What the query of a raw bridge asks for. */
export interface RawOptions {
  /** Where a naive caching proxy carries its bytes; without one they go straight to the sandbox. */
  viaProxyTo: Destination | undefined;
  /** The proxy of the lab first forgets what it has kept. */
  emptyCache: boolean;
}

/** Reads the query of a raw bridge; a parameter that it does not know is the learner's own business. */
export function parseRawOptions(query: URLSearchParams): Parsed<RawOptions> {
  const via = query.get('via');
  if (via !== null && via !== 'caching-proxy') {
    return refused('via', `expected caching-proxy, got ${show(via)}`);
  }
  const to = query.get('to') ?? 'sandbox';
  if (to !== 'sandbox' && to !== 'cdn') return refused('to', `expected sandbox or cdn, got ${show(to)}`);
  const cache = query.get('cache') ?? 'kept';
  if (cache !== 'kept' && cache !== 'empty')
    return refused('cache', `expected kept or empty, got ${show(cache)}`);
  if (via === null && (query.has('to') || query.has('cache'))) {
    return refused(query.has('to') ? 'to' : 'cache', 'allowed only with via=caching-proxy');
  }
  return accepted({ viaProxyTo: via === null ? undefined : to, emptyCache: cache === 'empty' });
}
