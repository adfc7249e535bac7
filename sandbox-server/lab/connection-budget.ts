import type { SandboxError } from '../errors.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';

/**
 * How many connections a lab may still have: so many at once, and so many new ones a second. The rate is a bucket that
 * holds as many as may be open at once and those of one second, so that a first burst passes, and what follows it.
 */
export class ConnectionBudget {
  readonly #limits: Pick<Limits, 'maxConnectionsPerLab' | 'maxNewConnectionsPerSecond'>;
  #open = 0;
  #tokens: number;
  #refilledAt: number;

  /** `now` in milliseconds. */
  constructor(limits: Pick<Limits, 'maxConnectionsPerLab' | 'maxNewConnectionsPerSecond'>, now: number) {
    this.#limits = limits;
    this.#tokens = this.#capacity;
    this.#refilledAt = now;
  }

  /** Takes one connection at `now` (milliseconds), or answers why not. */
  take(now: number): SandboxError | undefined {
    const { maxConnectionsPerLab, maxNewConnectionsPerSecond } = this.#limits;
    const refill = ((now - this.#refilledAt) / 1000) * maxNewConnectionsPerSecond;
    this.#tokens = Math.min(this.#capacity, this.#tokens + refill);
    this.#refilledAt = now;
    if (this.#open >= maxConnectionsPerLab) return refuse.tooManyLabConnections(maxConnectionsPerLab);
    if (this.#tokens < 1) return refuse.newConnectionsTooFast();
    this.#tokens--;
    this.#open++;
    return undefined;
  }

  /** Gives one back that was taken. */
  giveBack(): void {
    this.#open--;
  }

  get #capacity(): number {
    return this.#limits.maxConnectionsPerLab + this.#limits.maxNewConnectionsPerSecond;
  }
}
