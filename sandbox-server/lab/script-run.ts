import type { Conditions } from '../../src/contract/conditions.ts';
import {
  conditionsAt,
  turningPoints,
  type Fault,
  type FaultScript,
} from '../../src/contract/fault-script.ts';

/** What a run of a fault script tells. */
export interface ScriptListener {
  /** What it makes of conditions has changed, or the run is over. */
  turned(): void;
  /** Something is to be done at once. */
  act(fault: Exclude<Fault, { conditions: unknown }>): void;
}

/** A fault script that runs: it tells when something is due, and what it makes of conditions at any moment. */
export class ScriptRun {
  readonly script: FaultScript;
  /** By `performance.now()`. */
  readonly startedAt = performance.now();
  readonly #timers: NodeJS.Timeout[] = [];
  /** The last moment that a timer announced, ms. A timer may be early: it counts from when its turn of the loop began. */
  #reachedMs = 0;
  #isOver = false;

  constructor(script: FaultScript, listener: ScriptListener) {
    this.script = script;
    for (const { at, what } of script.steps) {
      if ('conditions' in what) continue;
      this.#later(at, () => {
        listener.act(what);
      });
    }
    const moments = turningPoints(script);
    for (const moment of moments) {
      if (moment === 0 && moments.length > 1) continue;
      this.#later(moment, () => {
        this.#reachedMs = moment;
        if (moment === moments.at(-1)) this.stop();
        listener.turned();
      });
    }
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** What it makes of conditions now. */
  conditionsNow(base: Conditions): Conditions {
    const elapsedMs = Math.max(this.#reachedMs, performance.now() - this.startedAt);
    return this.#isOver ? base : conditionsAt(this.script, elapsedMs, base);
  }

  stop(): void {
    this.#isOver = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #later(milliseconds: number, what: () => void): void {
    this.#timers.push(setTimeout(what, milliseconds).unref());
  }
}
