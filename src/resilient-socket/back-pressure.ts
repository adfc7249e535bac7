import type { Clock } from './clock.ts';
import { demand } from './demand.ts';

/** When to stop handing messages to the socket, and when to go on; bytes of `bufferedAmount`. */
export interface BackPressureOptions {
  highBytes: number;
  lowBytes: number;
  /** There is no event for it: how often to look, ms. */
  lookEveryMs: number;
}

/** A quarter of a mebibyte. */
const defaultBackPressure: Readonly<BackPressureOptions> = {
  highBytes: 262_144,
  lowBytes: 65_536,
  lookEveryMs: 50,
};

/**
 * A WebSocket takes everything that it is given, and keeps it in memory until the network has taken it. This checks how
 * much that is, and says when to wait. It has a timer only while it waits.
 */
export class BackPressure {
  readonly #options: Readonly<BackPressureOptions>;
  readonly #clock: Clock;
  readonly #goOn: () => void;
  #timer: unknown;

  /** `goOn` is called when the socket has room again. Throws `RangeError` for a parameter that makes no sense. */
  constructor(options: Partial<BackPressureOptions>, clock: Clock, goOn: () => void) {
    this.#options = { ...defaultBackPressure, ...options };
    const { highBytes, lowBytes, lookEveryMs } = this.#options;
    demand('highBytes', highBytes, 1, 1_073_741_824);
    demand('lowBytes', lowBytes, 0, highBytes);
    demand('lookEveryMs', lookEveryMs, 1, 60_000);
    this.#clock = clock;
    this.#goOn = goOn;
  }

  /** Whether to wait before the next message; if so, it will be said when that is over. */
  mustWait(bufferedAmount: () => number): boolean {
    if (this.#timer !== undefined) return true;
    if (bufferedAmount() < this.#options.highBytes) return false;
    this.#look(bufferedAmount);
    return true;
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #look(bufferedAmount: () => number): void {
    this.#timer = this.#clock.setTimeout(() => {
      this.#timer = undefined;
      if (bufferedAmount() > this.#options.lowBytes) this.#look(bufferedAmount);
      else this.#goOn();
    }, this.#options.lookEveryMs);
  }
}
