import { accepted, refused, show, type Parsed } from '../../src/contract/result.ts';
import type { SlowReaderPolicy } from '../stream/slow-reader.ts';

/** What the query of a stream asks for. */
export interface StreamOptions {
  /** Time between two messages of the server, for all who listen; ms. */
  everyMs: number | undefined;
  /** So many messages at most are sent again to one who comes back. */
  hold: number;
  /** The server pings so often, and ends a connection that has not answered by the next; ms. */
  heartbeatMs: number | undefined;
  /** What becomes of what a slow reader does not read. */
  policy: SlowReaderPolicy;
}

const policies: readonly SlowReaderPolicy[] = ['drop', 'coalesce', 'disconnect'];

/** Reads the query of a stream; a parameter that it does not know is the learner's own business. */
export function parseStreamOptions(query: URLSearchParams): Parsed<StreamOptions> {
  const read: Record<'every' | 'hold' | 'heartbeat', number | undefined> = {
    every: undefined,
    hold: undefined,
    heartbeat: undefined,
  };
  for (const [name, least, most] of [
    ['every', 10, 60_000],
    ['hold', 0, 100_000],
    ['heartbeat', 50, 600_000],
  ] as const) {
    const given = query.get(name);
    if (given === null) continue;
    const value = /^[0-9]{1,9}$/.test(given) ? Number(given) : Number.NaN;
    if (!(value >= least && value <= most)) {
      return refused(name, `expected a number from ${String(least)} to ${String(most)}, got ${show(given)}`);
    }
    read[name] = value;
  }
  const given = query.get('slow') ?? 'disconnect';
  const policy = policies.find((known) => known === given);
  if (!policy) return refused('slow', `expected one of ${policies.join(', ')}, got ${show(given)}`);
  return accepted({
    everyMs: read.every,
    hold: read.hold ?? Number.POSITIVE_INFINITY,
    heartbeatMs: read.heartbeat,
    policy,
  });
}
