/** Small pieces share a page; a page lives as long as any piece on it. */
const pageBytes = 16 * 1024;

/**
 * Keeps copies of bytes. Pieces of one log stand side by side on pages of its own, so that dropping the oldest frees
 * whole pages, and a piece never keeps alive a pool that strangers share.
 */
export class BytePages {
  #page = Buffer.alloc(0);
  #used = 0;

  /** A copy of the bytes that nobody else will change, in one piece. */
  copy(parts: readonly Uint8Array[]): Buffer {
    let length = 0;
    for (const part of parts) length += part.length;
    const copy = this.#place(length);
    let offset = 0;
    for (const part of parts) {
      copy.set(part, offset);
      offset += part.length;
    }
    return copy;
  }

  #place(length: number): Buffer {
    if (length > pageBytes / 4) return Buffer.allocUnsafeSlow(length);
    if (this.#used + length > this.#page.length) {
      this.#page = Buffer.allocUnsafeSlow(pageBytes);
      this.#used = 0;
    }
    const start = this.#used;
    this.#used += length;
    return this.#page.subarray(start, this.#used);
  }
}
