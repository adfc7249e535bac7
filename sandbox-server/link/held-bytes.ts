/** Bytes that arrived together, by `performance.now()`. */
export interface HeldChunk {
  bytes: Buffer;
  at: number;
}

/** Bytes that a link has taken and not passed on yet, in the chunks in which they arrived. */
export class HeldBytes {
  #chunks: HeldChunk[] = [];
  #byteCount = 0;

  get byteCount(): number {
    return this.#byteCount;
  }

  /** When the first of them arrived. */
  get heldSince(): number {
    return this.#chunks[0]?.at ?? performance.now();
  }

  add(bytes: Buffer): void {
    this.#chunks.push({ bytes, at: performance.now() });
    this.#byteCount += bytes.length;
  }

  /** All of them in one piece. */
  join(): Buffer {
    const [first, ...others] = this.#chunks;
    if (first && others.length === 0) return first.bytes;
    return Buffer.concat(
      this.#chunks.map(({ bytes }) => bytes),
      this.#byteCount,
    );
  }

  /** Lets them go. */
  take(): HeldChunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#byteCount = 0;
    return chunks;
  }
}
