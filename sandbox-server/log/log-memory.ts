/** A log that shares the memory. */
interface MemoryUser {
  /** Memory that it takes now, in bytes. */
  readonly memoryBytes: number;
  /** Drops its oldest events until it has given back at least so many bytes, or holds none that it could. */
  giveBack(bytes: number): void;
}

/** Part of a log that is dropped at once when memory is short, so that it is not short again at the next event. */
const share = 1 / 8;

/** The memory of all logs together. When it runs out, the largest log drops its oldest events. */
export class LogMemory {
  readonly #maxBytes: number;
  readonly #users = new Set<MemoryUser>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes in use now. */
  get bytes(): number {
    return this.#bytes;
  }

  join(user: MemoryUser): void {
    this.#users.add(user);
  }

  leave(user: MemoryUser): void {
    this.#users.delete(user);
  }

  /** Takes memory that a user has just begun to use. */
  take(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#maxBytes) this.#relieve();
  }

  release(bytes: number): void {
    this.#bytes -= bytes;
  }

  #relieve(): void {
    while (this.#bytes > this.#maxBytes) {
      const before = this.#bytes;
      let largest: MemoryUser | undefined;
      for (const user of this.#users) {
        if (!largest || user.memoryBytes > largest.memoryBytes) largest = user;
      }
      largest?.giveBack(Math.max(this.#bytes - this.#maxBytes, largest.memoryBytes * share));
      // Every log holds on to the block that it writes to: below that there is nothing to gain.
      if (this.#bytes === before) return;
    }
  }
}
