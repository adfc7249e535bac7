import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/**
 * What becomes of a client that reads more slowly than it is sent to: everything is kept for it, up to a bound of the
 * sandbox; or, beyond a lower one, it is sent nothing, only the newest, or its connection is ended.
 */
export const slowPolicies = ['none', 'drop', 'coalesce', 'disconnect'] as const;
export type SlowPolicy = (typeof slowPolicies)[number];

/**
 * Body of `POST /labs/<id>/readers`: bots, real clients run by the sandbox, open a connection to the lab's stream, one for
 * each policy, and do not read from it for a while.
 */
export interface ReadersRequest {
  slow: readonly SlowPolicy[];
  /** Time between two messages of the stream, ms; for all who listen. */
  everyMs: number;
  /** Size of each message to the bots, bytes. */
  size: number;
  /** For so long they read nothing, ms. */
  stallMs: number;
}

/** What a server has done for one client so far. */
export interface SendTally {
  /** Messages that were handed to its socket, dropped, and replaced by a newer one before they were sent. */
  sent: number;
  dropped: number;
  replaced: number;
  /** Bytes that were handed to its socket and that the network has not taken: now, and at most so far. */
  bufferedBytes: number;
  peakBufferedBytes: number;
}

/** A client of the stream, as its server sees it. */
export interface HeldFor extends SendTally {
  /** Its number in the wire log. */
  conn: number;
  slow: SlowPolicy;
  isOpen: boolean;
}

/** A bot, as it sees itself. */
export interface SlowBot {
  slow: SlowPolicy;
  phase: 'opening' | 'stalled' | 'reading' | 'ended';
  /** Messages that it has read, and of how many before the newest of them it has not. */
  messages: number;
  missed: number;
  /** The number of the newest message that it has read; 0 before the first. */
  newest: number;
  /** What it was told of its end; `null` before. */
  closeCode: number | null;
}

/** `GET /labs/<id>/readers`. */
export interface ReadersStatus {
  /** Clients of the stream, the oldest first; the last ones that have left are among them. */
  held: readonly HeldFor[];
  /** The bots that were asked for last. */
  bots: readonly SlowBot[];
}

const plainRequest: Readonly<ReadersRequest> = {
  slow: slowPolicies,
  everyMs: 20,
  size: 32_768,
  stallMs: 6000,
};

const ranges = { everyMs: [10, 1000], size: [0, 65_536], stallMs: [0, 30_000] } as const;

/** Reads the body of `POST /labs/<id>/readers`; what it does not name is as in `plainRequest`. */
export function parseReadersRequest(body: unknown): Parsed<ReadersRequest> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  const { slow, everyMs, size, stallMs, ...unknown } = { ...plainRequest, ...body };
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    return refused(stranger, 'unknown field; the known ones are slow, everyMs, size, stallMs');
  const policies = Array.isArray(slow) ? [...new Set<unknown>(slow)] : [];
  const known = slowPolicies.filter((policy) => policies.includes(policy));
  if (known.length === 0 || known.length < policies.length) {
    return refused('slow', `expected a list drawn from ${slowPolicies.join(', ')}, got ${show(slow)}`);
  }
  const numbers: Record<string, unknown> = { everyMs, size, stallMs };
  for (const [name, [least, most]] of Object.entries(ranges)) {
    const value = numbers[name];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
      const range = `a whole number from ${String(least)} to ${String(most)}`;
      return refused(name, `expected ${range}, got ${show(value)}`);
    }
  }
  return accepted({ slow: known, everyMs: Number(everyMs), size: Number(size), stallMs: Number(stallMs) });
}

/** Reads the answer to `GET` or `POST /labs/<id>/readers`. */
export function parseReadersStatus(body: unknown): Parsed<ReadersStatus> {
  if (!isRecord(body) || !Array.isArray(body['held']) || !Array.isArray(body['bots'])) {
    return refused('body', `expected held and bots, got ${show(body)}`);
  }
  const held = body['held'].filter(isHeldFor);
  const bots = body['bots'].filter(isSlowBot);
  if (held.length < body['held'].length) return refused('held', 'expected what a server does for a client');
  if (bots.length < body['bots'].length) return refused('bots', 'expected what a bot has read');
  return accepted({ held, bots });
}

const areNumbers = (value: Record<string, unknown>, names: readonly string[]): boolean =>
  names.every((name) => typeof value[name] === 'number');

const isHeldFor = (value: unknown): value is HeldFor =>
  isRecord(value) &&
  isPolicy(value['slow']) &&
  typeof value['isOpen'] === 'boolean' &&
  areNumbers(value, ['conn', 'sent', 'dropped', 'replaced', 'bufferedBytes', 'peakBufferedBytes']);

const isSlowBot = (value: unknown): value is SlowBot =>
  isRecord(value) &&
  isPolicy(value['slow']) &&
  ['opening', 'stalled', 'reading', 'ended'].includes(String(value['phase'])) &&
  (value['closeCode'] === null || typeof value['closeCode'] === 'number') &&
  areNumbers(value, ['messages', 'missed', 'newest']);

const isPolicy = (value: unknown): value is SlowPolicy => slowPolicies.some((known) => known === value);
