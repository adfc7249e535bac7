import type { Side } from '../../../src/contract/wire-event.ts';
import type { Recorder } from '../recorder.ts';

/** Bytes that entered the link while it was frozen for their side. */
interface FrozenChunk {
  bytes: Uint8Array;
  /** The wire event that recorded them. */
  seq: number;
}

/** Most that is held of one side, in bytes: beyond it the link stops reading, and TCP holds the sender back. */
const maxFrozenBytes = 1024 * 1024;

/**
 * One side of a link that may be frozen: what enters is held, in order, and the connection stays up. What the side does
 * to end the connection is held too: nobody hears of it.
 */
export class FrozenSide {
  isFrozen = false;
  /** The side has ended its direction, or the whole connection, and the other has not been told. */
  heldEnd: 'none' | 'fin' | 'rst' = 'none';
  readonly #side: Side;
  #chunks: FrozenChunk[] = [];
  #byteCount = 0;

  constructor(side: Side) {
    this.#side = side;
  }

  /** Whether there is room for more. */
  get hasRoom(): boolean {
    return this.#byteCount < maxFrozenBytes;
  }

  /** Holds bytes that entered at a time, by `performance.now()`, and records them. */
  hold(recorder: Recorder, bytes: Uint8Array, at: number): void {
    this.#chunks.push({ bytes, seq: recorder.intervened(this.#side, bytes, { at }) });
    this.#byteCount += bytes.length;
  }

  /** Lets everything go that is held, in order, and records when it leaves. */
  thaw(recorder: Recorder | undefined, pass: (bytes: Uint8Array) => void): void {
    for (const { bytes, seq } of this.#take()) {
      recorder?.left(seq);
      pass(bytes);
    }
  }

  /** What is held will never arrive. */
  drop(recorder: Recorder | undefined): void {
    const byteCount = this.#byteCount;
    this.#take();
    if (byteCount > 0) recorder?.lost(this.#side, byteCount);
  }

  #take(): FrozenChunk[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#byteCount = 0;
    return chunks;
  }
}
