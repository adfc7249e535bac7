/** Where a client stands in the server's stream. */
export interface Position {
  /** Which life of the server its offsets are of: after a restart they begin again at 1. */
  life: string;
  /** Of the last message that was applied; 0 before the first. */
  offset: number;
}

/** What is to be done with a message of the server. */
export type Reading = 'apply' | 'duplicate' | 'gap';

/** How many skipped offsets it remembers at most. */
const maxHoles = 1000;

/**
 * Keeps the place in the server's stream, so that the next connection goes on where the last one ended: each message has
 * an offset, 1, 2, 3 …; one that was applied before is a duplicate, one that comes too early shows a gap.
 */
export class Resume {
  #position: Position | undefined;
  /** Offsets that were passed over, and may still come. */
  readonly #holes = new Set<number>();

  /** What to tell the server when the connection is open again; `undefined` before anything is known. */
  get position(): Position | undefined {
    return this.#position;
  }

  /** The server says which life it is in, and where the stream goes on; a snapshot stands for all up to there. */
  begin({ life, offset }: Position): void {
    this.#position = { life, offset };
    this.#holes.clear();
  }

  /** Whether a position is one that was left behind, in the same life. */
  isPast({ life, offset }: Position): boolean {
    return this.#position?.life === life && offset < this.#position.offset;
  }

  /** Whether the server has sent more than has come. */
  isBehind(offset: number): boolean {
    return this.#position !== undefined && offset > this.#position.offset;
  }

  /** What to do with the message of this offset; one to apply counts as applied. */
  read(offset: number): Reading {
    if (!this.#position) return 'apply';
    if (offset <= this.#position.offset && this.#holes.delete(offset)) return 'apply';
    if (offset <= this.#position.offset) return 'duplicate';
    if (offset > this.#position.offset + 1) return 'gap';
    this.#position.offset = offset;
    return 'apply';
  }

  /** Applies the message after a gap without what is missing. If that comes late, it is not a duplicate. */
  skipTo(offset: number): void {
    if (!this.#position) return;
    for (let hole = Math.max(this.#position.offset + 1, offset - maxHoles); hole < offset; hole++) {
      this.#holes.add(hole);
    }
    for (const oldest of this.#holes) {
      if (this.#holes.size <= maxHoles) break;
      this.#holes.delete(oldest);
    }
    this.#position = { ...this.#position, offset };
  }
}
