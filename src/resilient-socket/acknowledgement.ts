import type { Clock } from './clock.ts';
import { dayMs, demand } from './demand.ts';
import type { Waiting } from './send-queue.ts';

/** How much may be under way without an acknowledgement, and for how long. */
export interface AcknowledgementOptions {
  /** Further messages wait in the queue. */
  maxUnacknowledged: number;
  /** If no acknowledgement comes for this long, everything in doubt is sent again, ms. */
  resendAfterMs: number;
}

/** More than a round trip's worth for most. */
const defaultAcknowledgement: Readonly<AcknowledgementOptions> = {
  maxUnacknowledged: 100,
  resendAfterMs: 5000,
};

/** A message under way: `id` counts 1, 2, 3 … without a hole, so that the server sees what is missing. */
export interface Doubtful {
  id: number;
  message: Waiting;
}

/** What it asks for, and asks. */
export interface AcknowledgementActions {
  /** Sends all these again, in order. */
  resend(doubtful: readonly Doubtful[]): void;
  /** Whether the socket still holds what it was given: then nothing can have got lost yet. */
  isHeldBack(): boolean;
}

/**
 * Messages that were handed to a socket and not acknowledged by the server's program. `send()` says nothing of delivery:
 * whatever is in here when a connection ends may or may not have arrived, and is sent again; the server, which knows
 * their ids, takes each once, and in order.
 */
export class Acknowledgement {
  readonly #options: Readonly<AcknowledgementOptions>;
  readonly #clock: Clock;
  readonly #actions: AcknowledgementActions;
  #doubtful: Doubtful[] = [];
  #lastId = 0;
  #timer: unknown;

  /** Throws `RangeError` for a parameter that makes no sense. */
  constructor(options: Partial<AcknowledgementOptions>, clock: Clock, actions: AcknowledgementActions) {
    this.#options = { ...defaultAcknowledgement, ...options };
    demand('maxUnacknowledged', this.#options.maxUnacknowledged, 1, 1_000_000);
    demand('resendAfterMs', this.#options.resendAfterMs, 10, dayMs);
    this.#clock = clock;
    this.#actions = actions;
  }

  get count(): number {
    return this.#doubtful.length;
  }

  /** The last id that the server is known to have taken; 0 before the first. */
  get lastAcknowledged(): number {
    return this.#lastId - this.count;
  }

  /** Whether one more may be sent before others are acknowledged. */
  get hasRoom(): boolean {
    return this.count < this.#options.maxUnacknowledged;
  }

  /** A message is handed to the socket for the first time; answers its id. */
  sent(message: Waiting): number {
    this.#doubtful.push({ id: ++this.#lastId, message });
    if (this.count === 1) this.#wait();
    return this.#lastId;
  }

  /** The server has this one, and all before it. Answers those. */
  acknowledged(id: number): Waiting[] {
    const done = this.#doubtful.filter((one) => one.id <= id);
    if (done.length === 0) return [];
    this.#doubtful = this.#doubtful.filter((one) => one.id > id);
    this.#wait();
    return done.map(({ message }) => message);
  }

  /** There is a new connection: all that is in doubt is sent again, in order. */
  again(): void {
    this.#wait();
    if (this.count > 0) this.#actions.resend(this.#doubtful);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
  }

  #wait(): void {
    this.stop();
    if (this.count === 0) return;
    this.#timer = this.#clock.setTimeout(() => {
      if (this.#actions.isHeldBack()) this.#wait();
      else this.again();
    }, this.#options.resendAfterMs);
  }
}
