import { Backoff, type BackoffOptions } from './backoff.ts';
import type { Clock } from './clock.ts';
import { dayMs, demand } from './demand.ts';
import { isFinalCode } from './final-codes.ts';

/** When to come back after a connection has ended, and when not. */
export interface ReconnectOptions extends BackoffOptions {
  /** An attempt that has not led to an open connection after this time is given up, ms. */
  attemptMs: number;
  /** Only a connection that stayed open this long, in ms, resets the count of attempts. */
  stableMs: number;
  /** After which close codes there is no coming back. */
  isFinal: (code: number) => boolean;
}

/** What to do after an end. */
export type AfterEnd = { delayMs: number } | { final: 'by its code' | 'limit reached' };

/** What the part that brings a connection back asks for. */
export interface ReconnectActions {
  /** It is time for an attempt. */
  connect(): void;
  /** The attempt has taken too long. */
  giveUp(): void;
}

/** Brings a connection back. It has one timer, ever. */
export class Reconnect {
  readonly #backoff: Backoff;
  readonly #stableMs: number;
  readonly #isFinal: (code: number) => boolean;
  readonly #clock: Clock;
  readonly #actions: ReconnectActions;
  readonly #attemptMs: number;
  #isWaiting = false;
  #openedAt: number | undefined;
  #timer: unknown;

  /** Throws `RangeError` for a parameter that makes no sense. */
  constructor(
    options: Partial<ReconnectOptions>,
    clock: Clock,
    random: () => number,
    actions: ReconnectActions,
  ) {
    const { attemptMs = 10_000, stableMs = 5000, isFinal = isFinalCode } = options;
    demand('attemptMs', attemptMs, 10, dayMs);
    demand('stableMs', stableMs, 0, dayMs);
    this.#backoff = new Backoff(options, random);
    this.#attemptMs = attemptMs;
    this.#stableMs = stableMs;
    this.#isFinal = isFinal;
    this.#clock = clock;
    this.#actions = actions;
  }

  /** Attempts since the connection was last stable. */
  get attempts(): number {
    return this.#backoff.attempts;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** An attempt has begun. */
  began(): void {
    this.#wait(this.#attemptMs, () => {
      this.#actions.giveUp();
    });
  }

  /** The connection is open. That alone proves nothing: a server may accept and close at once. */
  opened(): void {
    this.stop();
    this.#openedAt = this.#clock.now();
  }

  /** The connection has ended, or has not come about. */
  ended(code: number): AfterEnd {
    this.stop();
    if (this.#openedAt !== undefined && this.#clock.now() - this.#openedAt >= this.#stableMs) {
      this.#backoff.reset();
    }
    this.#openedAt = undefined;
    if (this.#isFinal(code)) return { final: 'by its code' };
    const delayMs = this.#backoff.next();
    if (delayMs === undefined) return { final: 'limit reached' };
    this.#isWaiting = true;
    this.#wait(delayMs, () => {
      this.now();
    });
    return { delayMs };
  }

  /** Does not wait any longer. */
  now(): void {
    if (!this.#isWaiting) return;
    this.stop();
    this.#actions.connect();
  }

  /** Somebody asked for it by hand: past failures are forgotten. */
  startOver(): void {
    this.#backoff.reset();
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#isWaiting = false;
  }

  #wait(milliseconds: number, then: () => void): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(then, milliseconds);
  }
}
