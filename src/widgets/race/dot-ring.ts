/** The newest messages of one listener, for drawing: when each came, and how old it was. Bounded; the oldest go first. */
export class DotRing {
  readonly #receivedAt: Float64Array;
  readonly #latency: Float64Array;
  #count = 0;

  constructor(size = 1024) {
    this.#receivedAt = new Float64Array(size);
    this.#latency = new Float64Array(size);
  }

  /** How many were added, ever. */
  get count(): number {
    return this.#count;
  }

  add(receivedAt: number, latency: number): void {
    const at = this.#count++ % this.#receivedAt.length;
    this.#receivedAt[at] = receivedAt;
    this.#latency[at] = latency;
  }

  /** Calls `draw` for each message that came at `from` or later, the newest first. */
  since(from: number, draw: (receivedAt: number, latency: number) => void): void {
    const size = this.#receivedAt.length;
    for (let index = this.#count - 1; index >= Math.max(0, this.#count - size); index--) {
      const receivedAt = this.#receivedAt[index % size] ?? 0;
      if (receivedAt < from) return;
      draw(receivedAt, this.#latency[index % size] ?? 0);
    }
  }
}
