import { slowPolicies, type SlowPolicy } from '../../src/contract/readers.ts';
import { accepted, refused, show, type Parsed } from '../../src/contract/result.ts';

/** What the query of a stream asks for. */
export interface StreamOptions {
  /** Time between two messages of the server, for all who listen; ms. */
  everyMs: number | undefined;
  /** So many messages at most are sent again to one who comes back. */
  hold: number;
  /** The server pings so often, and ends a connection that has not answered by the next; ms. */
  heartbeatMs: number | undefined;
  /** What becomes of what a slow reader does not read. */
  policy: SlowPolicy;
  /** Messages to this client are filled up to so many bytes. */
  size: number;
}

/** Reads the query of a stream; a parameter that it does not know is the learner's own business. */
export function parseStreamOptions(query: URLSearchParams): Parsed<StreamOptions> {
  const read: Record<'every' | 'hold' | 'heartbeat' | 'size', number | undefined> = {
    every: undefined,
    hold: undefined,
    heartbeat: undefined,
    size: undefined,
  };
  for (const [name, least, most] of [
    ['every', 10, 60_000],
    ['hold', 0, 100_000],
    ['heartbeat', 50, 600_000],
    ['size', 0, 65_536],
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
  const policy = slowPolicies.find((known) => known === given);
  if (!policy) return refused('slow', `expected one of ${slowPolicies.join(', ')}, got ${show(given)}`);
  return accepted({
    everyMs: read.every,
    hold: read.hold ?? Number.POSITIVE_INFINITY,
    heartbeatMs: read.heartbeat,
    policy,
    size: read.size ?? 0,
  });
}
