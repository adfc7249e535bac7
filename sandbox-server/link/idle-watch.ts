/** Waits for a connection to be idle: no byte from either side for a given time. */
export class IdleWatch {
  readonly #idle: () => void;
  #milliseconds = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `idle` is called once after each stretch in which nothing was noted. */
  constructor(idle: () => void) {
    this.#idle = idle;
  }

  /** Waits for this long from now on; 0: for ever. */
  wait(milliseconds: number): void {
    if (milliseconds === this.#milliseconds) return;
    this.#milliseconds = milliseconds;
    this.stop();
    if (milliseconds > 0) this.#timer = setTimeout(this.#idle, milliseconds).unref();
  }

  /** A byte has crossed. */
  note(): void {
    this.#timer?.refresh();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
