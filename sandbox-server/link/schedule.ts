import { perfectLink, type Conditions } from '../../src/contract/conditions.ts';

/** What a link does to the bytes of one direction. */
export type Shape = Pick<
  Conditions,
  'latencyMs' | 'jitterMs' | 'bytesPerSecond' | 'lossPercent' | 'sliceBytes' | 'slowCloseMs'
>;

/** Bytes, or the end of a direction, that have entered at `at`, in ms. */
export type Entry =
  | {
      kind: 'bytes';
      bytes: Uint8Array;
      at: number;
      /** The wire event that recorded them. */
      seq: number;
      /** They are never cut. */
      isWhole: boolean;
    }
  | { kind: 'end'; how: 'fin' | 'rst'; at: number };

/** What leaves: bytes of an entry, its last ones or not; or the end. */
export type Departure =
  { kind: 'bytes'; bytes: Uint8Array; seq: number; isLast: boolean } | { kind: 'end'; how: 'fin' | 'rst' };

/** How much leaves next, and when. */
interface Plan {
  byteCount: number;
  due: number;
}

/** Bytes of a TCP segment on Ethernet: what is lost at once. */
const segmentBytes = 1460;
/** At a limited rate, bytes leave in pieces that take this long, ms. */
const pieceMs = 20;
/** Linux waits at least this long, beyond a round trip, before it sends a segment again (TCP_RTO_MIN), ms. */
const leastTimeoutMs = 200;
/** A segment gets through after this many losses. */
const maxLossesInARow = 6;

/**
 * When the bytes of one direction of a link leave it, in the order in which they entered. Pure: the clock and chance are
 * handed in, in ms. Only what leaves next is planned, so that a change of shape holds for all that is under way.
 */
export class Schedule {
  readonly #random: () => number;
  #shape: Shape = perfectLink;
  #entries: Entry[] = [];
  #heldBytes = 0;
  #plan: Plan | undefined;
  /** The bottleneck is busy until then: nothing leaves earlier. */
  #freeAt = Number.NEGATIVE_INFINITY;

  /** `random` answers from 0 up to 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Bytes that are under way. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** When something leaves next; `undefined` where nothing is under way. */
  get due(): number | undefined {
    const head = this.#entries[0];
    if (!head) return undefined;
    this.#plan ??= this.#planOf(head);
    return this.#plan.due;
  }

  /** Does this from now on, to what is under way as well. */
  reshape(shape: Shape): void {
    this.#shape = shape;
    this.#plan = undefined;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (entry.kind === 'bytes') this.#heldBytes += entry.bytes.length;
  }

  /** Nothing could leave up to `now`: what waited leaves no faster for it. */
  resume(now: number): void {
    this.#freeAt = Math.max(this.#freeAt, now);
    this.#plan = undefined;
  }

  /** What leaves at `now` or should have left before it, at most this many bytes; to be asked until it answers nothing. */
  take(now: number, maxBytes = Number.POSITIVE_INFINITY): Departure | undefined {
    const { due } = this;
    const head = this.#entries[0];
    if (head === undefined || due === undefined || due > now) return undefined;
    this.#freeAt = due;
    if (head.kind === 'end') {
      this.#entries.shift();
      this.#plan = undefined;
      return { kind: 'end', how: head.how };
    }
    const byteCount = Math.min(this.#plan?.byteCount ?? 0, maxBytes);
    this.#plan = undefined;
    this.#heldBytes -= byteCount;
    const isLast = byteCount >= head.bytes.length;
    if (isLast) this.#entries.shift();
    else this.#entries[0] = { ...head, bytes: head.bytes.subarray(byteCount) };
    return { kind: 'bytes', bytes: head.bytes.subarray(0, byteCount), seq: head.seq, isLast };
  }

  /** Lets everything go that is under way; answers how many bytes that were. */
  drop(): number {
    const dropped = this.#heldBytes;
    this.#entries = [];
    this.#heldBytes = 0;
    this.#plan = undefined;
    return dropped;
  }

  #planOf(head: Entry): Plan {
    const { latencyMs, jitterMs, bytesPerSecond, slowCloseMs } = this.#shape;
    const arrives = head.at + latencyMs + (jitterMs > 0 ? jitterMs * this.#random() : 0);
    if (head.kind === 'end') {
      const due = Math.max(arrives, this.#freeAt) + (head.how === 'fin' ? slowCloseMs : 0);
      return { byteCount: 0, due };
    }
    const byteCount = head.isWhole ? head.bytes.length : Math.min(head.bytes.length, this.#pieceBytes);
    const crossing = bytesPerSecond > 0 ? (byteCount / bytesPerSecond) * 1000 : 0;
    return { byteCount, due: Math.max(arrives + this.#stall(), this.#freeAt) + crossing };
  }

  /** At most this many bytes leave at once. */
  get #pieceBytes(): number {
    const { bytesPerSecond, sliceBytes, lossPercent } = this.#shape;
    const byRate = bytesPerSecond > 0 ? Math.max(1, Math.floor((bytesPerSecond * pieceMs) / 1000)) : Infinity;
    return Math.min(
      sliceBytes > 0 ? sliceBytes : Infinity,
      lossPercent > 0 ? segmentBytes : Infinity,
      byRate,
    );
  }

  /**
   * How much later a segment arrives because it was lost, and sent again after a time-out, which doubles each time
   * (RFC 6298 §5.5).
   */
  #stall(): number {
    const { lossPercent, latencyMs } = this.#shape;
    if (lossPercent === 0) return 0;
    let timeout = 2 * latencyMs + leastTimeoutMs;
    let stall = 0;
    for (let losses = 0; losses < maxLossesInARow && this.#random() * 100 < lossPercent; losses++) {
      stall += timeout;
      timeout *= 2;
    }
    return stall;
  }
}
