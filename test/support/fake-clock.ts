import type { Clock } from '../../src/resilient-socket/clock.ts';

/** A clock that stands still until it is told to go on, ms. */
export class FakeClock implements Clock {
  #now = 0;
  #lastTimer = 0;
  readonly #timers = new Map<number, { due: number; run: () => void }>();

  /** Timers that are set and have not fired. */
  get timerCount(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, milliseconds: number): number {
    this.#timers.set(++this.#lastTimer, { due: this.#now + milliseconds, run });
    return this.#lastTimer;
  }

  clearTimeout(timer: unknown): void {
    this.#timers.delete(timer as number);
  }

  /** Goes on; every timer fires at its time, in order. */
  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (let next = this.#next(end); next; next = this.#next(end)) {
      const [id, { due, run }] = next;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, due);
      run();
    }
    this.#now = end;
  }

  /** The machine sleeps: time goes by, and no timer fires before it is over. */
  sleep(milliseconds: number): void {
    this.#now += milliseconds;
    this.pass(0);
  }

  #next(end: number): [number, { due: number; run: () => void }] | undefined {
    return [...this.#timers]
      .filter(([, { due }]) => due <= end)
      .sort(([, one], [, other]) => one.due - other.due)[0];
  }
}
