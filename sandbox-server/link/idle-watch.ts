/** Waits for a connection to be idle: no byte of either side for so long. */
export class IdleWatch {
  readonly #idle: () => void;
  #milliseconds = 0;
  #timer: NodeJS.Timeout | undefined;

  /** `idle` is called once after each stretch in which nothing was noted. */
  constructor(idle: () => void) {
    this.#idle = idle;
  }

  /** Waits for so long from now on; 0: for ever. */
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
