const noBytes = new Uint8Array(0);

/** Up to this many pieces are kept as they are; more are joined, or a payload that comes byte after byte would cost a view each. */
const maxPieces = 16;

/**
 * Gathers payload data that comes in pieces. A payload in one piece is never copied, one in a few pieces once and only
 * when somebody looks. Keeps at most `maxBytes`.
 */
export class PayloadBytes {
  readonly #maxBytes: number;
  /** What was joined so far; `#joinedLength` of its bytes are used. */
  #joined: Uint8Array = noBytes;
  #joinedLength = 0;
  #view: Uint8Array = noBytes;
  /** What came after it, not yet joined. */
  #pieces: Uint8Array[] = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** How many bytes are kept. */
  get length(): number {
    return this.#length;
  }

  /** Adds the next piece, as far as it is kept. It must not be changed afterwards. */
  add(piece: Uint8Array): void {
    const kept = piece.subarray(0, this.#maxBytes - this.#length);
    if (kept.length === 0) return;
    this.#pieces.push(kept);
    this.#length += kept.length;
    if (this.#pieces.length >= maxPieces) this.#join();
  }

  /** All that was kept, in one piece. */
  get bytes(): Uint8Array {
    const [only] = this.#pieces;
    if (this.#joinedLength === 0 && this.#pieces.length === 1 && only) return only;
    if (this.#pieces.length > 0) this.#join();
    // The same view as long as nothing is added: a caller that compares by identity sees that nothing has changed.
    if (this.#view.length !== this.#joinedLength) this.#view = this.#joined.subarray(0, this.#joinedLength);
    return this.#view;
  }

  #join(): void {
    if (this.#joined.length < this.#length) {
      // Room grows by doubling with what has come, never by what a header merely announces.
      const isGrowing = this.#joinedLength > 0 || this.#pieces.length >= maxPieces;
      const grown = new Uint8Array(isGrowing ? Math.min(this.#length * 2, this.#maxBytes) : this.#length);
      grown.set(this.#joined.subarray(0, this.#joinedLength));
      this.#joined = grown;
    }
    for (const piece of this.#pieces) {
      this.#joined.set(piece, this.#joinedLength);
      this.#joinedLength += piece.length;
    }
    this.#pieces = [];
  }
}
