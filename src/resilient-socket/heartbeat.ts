import type { Clock } from './clock.ts';
import { dayMs, demand } from './demand.ts';

/** How often to ask whether the other side is there, and how long to wait for its answer; ms. */
export interface HeartbeatOptions {
  everyMs: number;
  deadlineMs: number;
}

/** Shorter than the 60 s after which many proxies give up a quiet connection. */
const defaultHeartbeat: Readonly<HeartbeatOptions> = { everyMs: 25_000, deadlineMs: 10_000 };

/** What a heartbeat does and finds out. */
export interface HeartbeatActions {
  /** Sends a ping with this id; the other side's program answers with the same. */
  ping(id: number): void;
  /** An answer came after this time, ms. */
  answered(roundTripMs: number): void;
  /** None came in time: the connection is dead, whatever its `readyState` says. */
  dead(): void;
}

/**
 * A heartbeat of the application: the answer comes from the other side's program, not from its browser or its kernel,
 * and its absence is noticed. It has one timer, and none once it is stopped.
 */
export class Heartbeat {
  readonly #options: Readonly<HeartbeatOptions>;
  readonly #clock: Clock;
  readonly #actions: HeartbeatActions;
  #timer: unknown;
  #id = 0;
  #sentAt: number | undefined;

  /** Throws `RangeError` for a parameter that makes no sense. */
  constructor(options: Partial<HeartbeatOptions>, clock: Clock, actions: HeartbeatActions) {
    this.#options = { ...defaultHeartbeat, ...options };
    demand('everyMs', this.#options.everyMs, 10, dayMs);
    demand('deadlineMs', this.#options.deadlineMs, 10, dayMs);
    this.#clock = clock;
    this.#actions = actions;
  }

  /** The connection is open. */
  start(): void {
    this.stop();
    this.#wait(this.#options.everyMs, () => {
      this.probe();
    });
  }

  /** Asks at once: after sleep, or when the network has changed. One question at a time. */
  probe(): void {
    if (this.#sentAt !== undefined) return;
    this.#sentAt = this.#clock.now();
    this.#actions.ping(++this.#id);
    this.#await();
  }

  /** An answer to the ping of this id has come. */
  heard(id: number): void {
    if (this.#sentAt === undefined || id !== this.#id) return;
    const roundTripMs = this.#clock.now() - this.#sentAt;
    this.start();
    this.#actions.answered(roundTripMs);
  }

  stop(): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#sentAt = undefined;
  }

  #await(): void {
    const { deadlineMs } = this.#options;
    const due = this.#clock.now() + deadlineMs;
    this.#wait(deadlineMs, () => {
      // A hidden tab's timers, and a sleeping machine's, fire late: the answer may lie there unread. It gets its time.
      if (this.#clock.now() - due > deadlineMs) this.#await();
      else {
        this.stop();
        this.#actions.dead();
      }
    });
  }

  #wait(milliseconds: number, then: () => void): void {
    this.#clock.clearTimeout(this.#timer);
    this.#timer = this.#clock.setTimeout(then, milliseconds);
  }
}
