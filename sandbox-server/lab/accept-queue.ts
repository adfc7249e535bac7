/** Opening handshakes that wait until the server comes to them, in the order in which they came. */
export class AcceptQueue {
  readonly #perSecond: () => number;
  #waiting: (() => void)[] = [];
  /** When the next one may be answered, by `performance.now()`. */
  #nextAt = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `perSecond` answers how many handshakes are answered in a second; 0: as many as come. */
  constructor(perSecond: () => number) {
    this.#perSecond = perSecond;
  }

  /** Calls `answer` when it is its turn: at once where nothing holds it up. It must not throw. */
  enter(answer: () => void): void {
    this.#waiting.push(answer);
    if (this.#timer === undefined) this.#goOn();
  }

  /** Conditions have changed: where the rate has, whoever waits may go on sooner. At the same rate nobody does. */
  rateMayHaveChanged(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#nextAt = Math.min(this.#nextAt, performance.now() + 1000 / this.#perSecond());
    this.#goOn();
  }

  /** Nobody is answered any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#waiting = [];
  }

  #goOn(): void {
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      const perSecond = this.#perSecond();
      const now = performance.now();
      if (perSecond > 0 && now < this.#nextAt) {
        this.#timer = setTimeout(() => {
          this.#goOn();
        }, this.#nextAt - now).unref();
        return;
      }
      // A timer that fires late must not slow the whole queue down, and a pause must not be saved up for a burst.
      if (perSecond > 0) this.#nextAt = Math.max(this.#nextAt, now - 50) + 1000 / perSecond;
      this.#waiting.shift()?.();
    }
  }
}
