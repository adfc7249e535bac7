import type { ClientEvent } from './client-event.ts';

/** What a client would tell its makers of a session: counts and times, and nothing of what was said. */
export interface ConnectionTelemetry {
  /** Attempts, and how many of them led to an open connection. */
  attempts: number;
  opened: number;
  /** Time from an attempt to its open connection, ms: the longest. */
  slowestOpenMs: number | undefined;
  /** Ends by their close code. */
  closeCodes: Readonly<Record<string, number>>;
  /** Connections that were given up since nobody answered. */
  foundDead: number;
  /** Round trip of the heartbeat, ms: the median. */
  roundTripMs: number | undefined;
  /** Messages that could not be read. */
  unreadable: number;
  /** Time without a connection, ms: the longest. */
  longestDownMs: number;
  /** Most bytes that waited in the browser. */
  peakBufferedBytes: number;
}

/** Counts what a client has lived through, up to `now`. */
export function connectionTelemetry(
  events: readonly ClientEvent[],
  peakBufferedBytes: number,
  now: number,
): ConnectionTelemetry {
  const closeCodes: Record<string, number> = {};
  const opening: number[] = [];
  let attemptedAt = 0;
  for (const event of events) {
    if (event.what === 'connecting') attemptedAt = event.at;
    else if (event.what === 'open') opening.push(event.at - attemptedAt);
    else if (event.what === 'end') closeCodes[event.code] = (closeCodes[event.code] ?? 0) + 1;
  }
  const count = (what: ClientEvent['what']): number => events.filter((event) => event.what === what).length;
  const trips = events.flatMap((event) => (event.what === 'beat' ? [event.roundTripMs] : []));
  return {
    attempts: count('connecting'),
    opened: opening.length,
    slowestOpenMs: opening.length === 0 ? undefined : rounded(Math.max(...opening)),
    closeCodes,
    foundDead: count('dead'),
    roundTripMs: trips.length === 0 ? undefined : rounded(median(trips)),
    unreadable: count('unreadable'),
    longestDownMs: rounded(longestDown(events, now)),
    peakBufferedBytes,
  };
}

const rounded = (milliseconds: number): number => Math.round(milliseconds * 10) / 10;

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

function longestDown(events: readonly ClientEvent[], now: number): number {
  let longest = 0;
  let downSince: number | undefined;
  for (const { what, at } of events) {
    if (what === 'end' || what === 'connecting') downSince ??= at;
    if (what !== 'open' || downSince === undefined) continue;
    longest = Math.max(longest, at - downSince);
    downSince = undefined;
  }
  return downSince === undefined ? longest : Math.max(longest, now - downSince);
}
