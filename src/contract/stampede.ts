import { isRestartCode, restartCodes, type Restart } from './restart.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** How the bots of a stampede come back: after a fixed time, after times that double, or after a random part of those. */
export const comebacks = ['fixed', 'exponential', 'jittered'] as const;
export type Comeback = (typeof comebacks)[number];

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
  /** How long the server is down after that, ms. */
  downMs: number;
  /** How many of those who come back it takes in a second; 0: as many as come. A condition, until it is over. */
  acceptPerSecond: number;
}

/** A stampede for which nothing is asked in particular. */
const plainStampede: Readonly<StampedeRequest> = {
  bots: 200,
  comeback: 'jittered',
  code: null,
  overMs: 0,
  downMs: 2000,
  acceptPerSecond: 0,
};

/** Most bots of one stampede: a lab has room for them and for its learner. */
const maxBots = 240;

/** Where a stampede is. Times are ms since the lab began. */
export interface StampedeStatus extends StampedeRequest {
  phase: 'gathering' | 'coming back' | 'over';
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
      'unknown field; known are bots, comeback, code, overMs, downMs, acceptPerSecond',
    );
  if (typeof bots !== 'number' || !Number.isInteger(bots) || bots < 1 || bots > maxBots) {
    return refused('bots', `expected a whole number from 1 to ${String(maxBots)}, got ${show(bots)}`);
  }
  const kind = comebacks.find((known) => known === comeback);
  if (!kind) return refused('comeback', `expected one of ${comebacks.join(', ')}, got ${show(comeback)}`);
  if (!isRestartCode(code)) return refused('code', `expected ${restartCodes}, got ${show(code)}`);
  for (const [field, value] of Object.entries({ overMs, downMs })) {
    if (typeof value !== 'number' || !(value >= 0 && value <= 30_000)) {
      return refused(field, `expected a number from 0 to 30000 ms, got ${show(value)}`);
    }
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
