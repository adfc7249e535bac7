import { isDuration, isRestartCode, restartCodes, type Restart } from './restart.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** How the bots of a stampede come back: after a fixed time, after times that double, or after a random part of those. */
export const comebacks = ['fixed', 'exponential', 'jittered'] as const;
export type Comeback = (typeof comebacks)[number];

/** How long a client waits before it comes back, as its `reconnect` takes it; ms. */
export interface ComebackWaits {
  firstMs: number;
  baseMs: number;
  factor: number;
  capMs: number;
  jitter: 'full' | 'none';
}

/** The waits of each kind of coming back: those of the bots, and of the page that comes back with them. */
export const comebackWaits: Readonly<Record<Comeback, ComebackWaits>> = {
  fixed: { firstMs: 1000, baseMs: 1000, factor: 1, capMs: 1000, jitter: 'none' },
  exponential: { firstMs: 1000, baseMs: 1000, factor: 2, capMs: 16_000, jitter: 'none' },
  jittered: { firstMs: 5000, baseMs: 1000, factor: 2, capMs: 16_000, jitter: 'full' },
};

/**
 * Body of `POST /labs/<id>/stampede`: so many bots, real clients run by the sandbox, open connections to the lab's
 * stream; then its server is killed, is down for a while, and they come back.
 */
export interface StampedeRequest {
  bots: number;
  comeback: Comeback;
  /** How the server ends them: by a Close frame with this code, or, `null`, killed, by an RST. */
  code: Restart['code'];
  /** Over how long it ends them, in random order, ms. */
  overMs: number;
  /** How long the server is down after that, ms; `null`: not at all, since another is up. */
  downMs: Restart['downMs'];
  /** How many of those who come back it takes in a second; 0: as many as come. A condition, until it is over. */
  acceptPerSecond: number;
}

/** A stampede for which nothing is asked in particular. */
export const plainStampede: Readonly<StampedeRequest> = {
  bots: 200,
  comeback: 'jittered',
  code: null,
  overMs: 0,
  downMs: 2000,
  acceptPerSecond: 0,
};

/** Longest that each of its times may be, ms. */
const maxMs = 30_000;

/** Most bots of one stampede: a lab has room for them and for its learner. */
const maxBots = 240;

const phases = ['gathering', 'coming back', 'over'] as const;

/** Where a stampede is. Times are ms since the lab began. */
export interface StampedeStatus extends StampedeRequest {
  phase: (typeof phases)[number];
  /** Bots that have an open connection now. */
  open: number;
  /** When the server was killed. */
  killedAt: number | null;
  /** When the last bot was back; `null` while one is missing. */
  allBackAt: number | null;
}

/** Reads the body of `POST /labs/<id>/stampede`; what it does not name is as in `plainStampede`. */
export function parseStampede(body: unknown): Parsed<StampedeRequest> {
  if (!isRecord(body)) return refused('body', `expected a JSON object, got ${show(body)}`);
  const { bots, comeback, code, overMs, downMs, acceptPerSecond, ...unknown } = { ...plainStampede, ...body };
  const [stranger] = Object.keys(unknown);
  if (stranger !== undefined)
    return refused(
      stranger,
      'unknown field; the known ones are bots, comeback, code, overMs, downMs, acceptPerSecond',
    );
  if (typeof bots !== 'number' || !Number.isInteger(bots) || bots < 1 || bots > maxBots) {
    return refused('bots', `expected a whole number from 1 to ${String(maxBots)}, got ${show(bots)}`);
  }
  const kind = comebacks.find((known) => known === comeback);
  if (!kind) return refused('comeback', `expected one of ${comebacks.join(', ')}, got ${show(comeback)}`);
  if (!isRestartCode(code)) return refused('code', `expected ${restartCodes}, got ${show(code)}`);
  if (!isDuration(overMs, maxMs)) {
    return refused('overMs', `expected a number from 0 to ${String(maxMs)} ms, got ${show(overMs)}`);
  }
  if (downMs !== null && !isDuration(downMs, maxMs)) {
    return refused('downMs', `expected a number from 0 to ${String(maxMs)} ms, or null, got ${show(downMs)}`);
  }
  if (
    typeof acceptPerSecond !== 'number' ||
    !Number.isInteger(acceptPerSecond) ||
    acceptPerSecond < 0 ||
    acceptPerSecond > 10_000
  ) {
    return refused(
      'acceptPerSecond',
      `expected a whole number from 0 to 10000 handshakes/s, got ${show(acceptPerSecond)}`,
    );
  }
  return accepted({ bots, comeback: kind, code, overMs, downMs, acceptPerSecond });
}

/** Reads the answer of `GET` and `POST /labs/<id>/stampede`; `null` where there has been none. */
export function parseStampedeAnswer(body: unknown): Parsed<StampedeStatus | null> {
  const status = isRecord(body) ? body['stampede'] : undefined;
  if (status === null) return accepted(null);
  if (!isRecord(status)) return refused('stampede', `expected an object, got ${show(status)}`);
  const { phase, open, killedAt, allBackAt, ...request } = status;
  const asked = parseStampede(request);
  if (!asked.ok) return asked;
  const known = phases.find((one) => one === phase);
  if (!known) return refused('phase', `expected one of ${phases.join(', ')}, got ${show(phase)}`);
  if (typeof open !== 'number' || !isTime(killedAt) || !isTime(allBackAt)) {
    return refused('stampede', 'expected open, killedAt and allBackAt');
  }
  return accepted({ ...asked.value, phase: known, open, killedAt, allBackAt });
}

const isTime = (value: unknown): value is number | null => value === null || typeof value === 'number';
