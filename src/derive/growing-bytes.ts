/** Bytes that only ever grow, in amortised constant time a byte; what was read before stays as it was. */
export class GrowingBytes {
  #buffer = new Uint8Array(0);
  #length = 0;

  /** All so far: a view, not a copy. */
  get bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  append(bytes: Uint8Array): void {
    const needed = this.#length + bytes.length;
    if (needed > this.#buffer.length) {
      const grown = new Uint8Array(Math.max(needed, this.#buffer.length * 2));
      grown.set(this.bytes);
      this.#buffer = grown;
    }
    this.#buffer.set(bytes, this.#length);
    this.#length = needed;
  }
}
