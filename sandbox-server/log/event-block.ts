import type { Side, WireEvent } from '../../src/contract/wire-event.ts';

/**
 * What stands before the bytes of an event: when they entered (8 bytes), when they left (8), the connection's number and
 * the side (4), and their count (4). An event that is kept as it is has none of its own bytes here, and this number.
 */
const headBytes = 24;
const keptNumber = 0xffffffff;

const sideBit: Record<Side, 0 | 1> = { client: 0, server: 1 };

/** Bytes that an event records. */
export const byteCountOf = (event: WireEvent): number =>
  event.type === 'bytes' ? event.bytes.length + (event.became?.length ?? 0) : 0;

/**
 * A run of consecutive events, written one behind the other into one piece of memory, each a head and its bytes. Nearly
 * all of a log are bytes that crossed a link at once: so they make no object for the garbage collector to carry along,
 * and touch one page of memory, which is what recording costs after each system call. The few others are kept as they
 * are.
 */
export class EventBlock {
  /** The `seq` of its first event. */
  firstSeq = 0;
  /** Number of its events. */
  count = 0;
  /** Bytes that its events record. */
  byteCount = 0;
  readonly maxEvents: number;
  readonly maxBytes: number;
  readonly #bytes: Buffer;
  readonly #view: DataView;
  readonly #kept = new Map<number, WireEvent>();
  #used = 0;

  /** A block for so many events, which may record so many bytes in all. */
  constructor(maxEvents: number, maxBytes: number) {
    this.maxEvents = maxEvents;
    this.maxBytes = maxBytes;
    this.#bytes = Buffer.allocUnsafeSlow(maxBytes + maxEvents * headBytes);
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** Memory that it takes, full or empty. */
  get memoryBytes(): number {
    return this.#bytes.length;
  }

  /** Whether it takes one more event with so many bytes. */
  hasRoom(byteCount: number): boolean {
    return this.count < this.maxEvents && this.byteCount + byteCount <= this.maxBytes;
  }

  /** Begins anew as an empty block. */
  reset(firstSeq: number): this {
    this.firstSeq = firstSeq;
    this.count = 0;
    this.byteCount = 0;
    this.#used = 0;
    this.#kept.clear();
    return this;
  }

  /** Adds bytes that crossed the link together; copies them. There must be room for all of them, `byteCount`. */
  addBytes(
    conn: number,
    from: Side,
    parts: readonly Uint8Array[],
    byteCount: number,
    at: number,
    due: number,
  ): void {
    this.#addHead(at, due, conn * 2 + sideBit[from], byteCount);
    for (const part of parts) {
      this.#bytes.set(part, this.#used);
      this.#used += part.length;
    }
    this.byteCount += byteCount;
  }

  /** Keeps any event as it is. There must be room for its bytes, though they stay where they are. */
  add(event: WireEvent): void {
    this.#kept.set(this.count, event);
    this.#addHead(event.at, 0, keptNumber, 0);
    this.byteCount += byteCountOf(event);
  }

  /**
   * Visits its events from the one at this index on, until `visit` answers false. Their bytes may be the block's own:
   * they hold until it begins anew.
   */
  visit(index: number, visit: (event: WireEvent) => boolean): boolean {
    for (let at = 0, place = 0; at < this.count; at++) {
      const byteCount = this.#view.getUint32(place + 20);
      if (at >= index && !visit(this.#eventAt(at, place, byteCount))) return false;
      place += headBytes + byteCount;
    }
    return true;
  }

  #eventAt(index: number, place: number, byteCount: number): WireEvent {
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const connAndSide = this.#view.getUint32(place + 16);
    const start = place + headBytes;
    return {
      seq: this.firstSeq + index,
      at: this.#view.getFloat64(place),
      type: 'bytes',
      conn: connAndSide >>> 1,
      from: (connAndSide & 1) === sideBit.client ? 'client' : 'server',
      due: this.#view.getFloat64(place + 8),
      bytes: this.#bytes.subarray(start, start + byteCount),
    };
  }

  #addHead(at: number, due: number, connAndSide: number, byteCount: number): void {
    const place = this.#used;
    this.#view.setFloat64(place, at);
    this.#view.setFloat64(place + 8, due);
    this.#view.setUint32(place + 16, connAndSide);
    this.#view.setUint32(place + 20, byteCount);
    this.#used = place + headBytes;
    this.count++;
  }
}
