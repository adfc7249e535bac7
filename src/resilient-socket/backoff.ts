import { dayMs, demand } from './demand.ts';

/** How long to wait before each attempt to come back. Times are ms. */
export interface BackoffOptions {
  /** The first attempt waits a random time up to this (RFC 6455 §7.2.3 proposes 5 s): a crowd comes back spread out. */
  firstMs: number;
  /** The second waits up to this … */
  baseMs: number;
  /** … and each one after it this many times as long … */
  factor: number;
  /** … but never longer than this. */
  capMs: number;
  /** `full`: anything from 0 to that time, by chance; `none`: just that time, for everybody alike. */
  jitter: 'full' | 'none';
  /** Attempts in a row; after that it gives up. */
  limit: number;
}

/** Full jitter, from 0-5 s up to 0-30 s, without an end. */
const defaultBackoff: Readonly<BackoffOptions> = {
  firstMs: 5000,
  baseMs: 1000,
  factor: 2,
  capMs: 30_000,
  jitter: 'full',
  limit: Number.POSITIVE_INFINITY,
};

/** Truncated exponential back-off (RFC 6455 §7.2.3): pure, chance is handed in. */
export class Backoff {
  readonly #options: Readonly<BackoffOptions>;
  readonly #random: () => number;
  #attempts = 0;

  /** `random` answers from 0 up to 1. Throws `RangeError` for a parameter that makes no sense. */
  constructor(options: Partial<BackoffOptions> = {}, random: () => number = Math.random) {
    this.#options = { ...defaultBackoff, ...options };
    this.#random = random;
    const { firstMs, baseMs, factor, capMs, limit } = this.#options;
    demand('firstMs', firstMs, 0, dayMs);
    demand('baseMs', baseMs, 1, dayMs);
    demand('factor', factor, 1, 10);
    demand('capMs', capMs, 1, dayMs);
    demand('limit', limit, 0, Number.POSITIVE_INFINITY);
  }

  /** Attempts since the last reset. */
  get attempts(): number {
    return this.#attempts;
  }

  /** How long to wait before the next attempt; `undefined` if there is to be none. */
  next(): number | undefined {
    const { firstMs, baseMs, factor, capMs, jitter, limit } = this.#options;
    if (this.#attempts >= limit) return undefined;
    const attempt = this.#attempts++;
    const longest =
      attempt === 0 ? Math.min(capMs, firstMs) : Math.min(capMs, baseMs * factor ** (attempt - 1));
    return jitter === 'full' ? this.#random() * longest : longest;
  }

  /** The connection has proved stable: the next trouble is the first. */
  reset(): void {
    this.#attempts = 0;
  }
}
