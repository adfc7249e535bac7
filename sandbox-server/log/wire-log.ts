import type { GapEvent, WireEvent } from '../../src/contract/wire-event.ts';
import { BytePages } from './byte-pages.ts';
import type { LogMemory } from './log-memory.ts';

/** What an event takes in memory beside its bytes: object, array slots, views. Measured on V8, rounded up. */
const eventOverheadBytes = 256;

/** The bounds of one log. */
export interface WireLogBounds {
  /** Recorded bytes that it holds. */
  maxLogBytes: number;
  maxLogEvents: number;
}

/** Bytes that an event records. */
export const byteCountOf = (event: WireEvent): number =>
  event.type === 'bytes' ? event.bytes.length + (event.became?.length ?? 0) : 0;

/**
 * The append-only record of what crossed a lab's links. Bounded in events and bytes: the oldest are dropped, and a
 * reader that had not read them is told so by a `gap`.
 */
export class WireLog {
  readonly #bounds: WireLogBounds;
  readonly #memory: LogMemory;
  readonly #pages = new BytePages();
  readonly #listeners = new Set<() => void>();
  /** Held events stand from `#head` on; the places before it are spent, and are cut off now and then. */
  #events: (WireEvent | undefined)[] = [];
  #head = 0;
  #lastSeq = 0;
  #bytes = 0;
  #droppedEvents = 0;
  #droppedBytes = 0;
  #lastDroppedAt = 0;
  #isClosed = false;

  constructor(bounds: WireLogBounds, memory: LogMemory) {
    this.#bounds = bounds;
    this.#memory = memory;
    memory.join(this);
  }

  /** The `seq` that the next event must have. */
  get nextSeq(): number {
    return this.#lastSeq + 1;
  }

  /** The last event's `seq`; 0 before the first. */
  get lastSeq(): number {
    return this.#lastSeq;
  }

  /** Number of events that are held. */
  get eventCount(): number {
    return this.#events.length - this.#head;
  }

  /** Recorded bytes that are held. */
  get byteCount(): number {
    return this.#bytes;
  }

  /** Events that were dropped so far. */
  get droppedEvents(): number {
    return this.#droppedEvents;
  }

  /** Bytes that were recorded so far, held or dropped. */
  get recordedBytes(): number {
    return this.#bytes + this.#droppedBytes;
  }

  /** Bytes of memory that the log takes. */
  get memoryBytes(): number {
    return this.#bytes + this.eventCount * eventOverheadBytes;
  }

  /** Copies bytes to where the log keeps them; an event that is appended must carry such a copy. */
  copy(parts: readonly Uint8Array[]): Buffer {
    return this.#pages.copy(parts);
  }

  /** Adds an event, whose `seq` must be `nextSeq`. A log that was closed takes nothing. */
  append(event: WireEvent): void {
    if (this.#isClosed) return;
    if (event.seq !== this.nextSeq)
      throw new Error(`expected event ${String(this.nextSeq)}, got ${String(event.seq)}`);
    this.#lastSeq = event.seq;
    this.#events.push(event);
    const byteCount = byteCountOf(event);
    this.#bytes += byteCount;
    while (this.#bytes > this.#bounds.maxLogBytes || this.eventCount > this.#bounds.maxLogEvents)
      this.#dropOldest();
    this.#memory.take(byteCount + eventOverheadBytes);
    for (const listener of this.#listeners) listener();
  }

  /**
   * The events after `since`: at most so many, and no more once they carry so many bytes. Ones that were dropped are
   * missing: `gapAfter` tells.
   */
  after(
    since: number,
    maxEvents = Number.POSITIVE_INFINITY,
    maxBytes = Number.POSITIVE_INFINITY,
  ): WireEvent[] {
    const events: WireEvent[] = [];
    let bytes = 0;
    for (
      let index = this.#head + Math.max(0, since - this.#firstSeq + 1);
      index < this.#events.length;
      index++
    ) {
      const event = this.#events[index];
      if (!event || events.length >= maxEvents || bytes >= maxBytes) break;
      events.push(event);
      bytes += byteCountOf(event);
    }
    return events;
  }

  /**
   * What a reader that has read up to `since` has missed, if anything. Its bytes are `recordedBytes` as they were at
   * `since`, where the reader knows them, and else those of all that was dropped.
   */
  gapAfter(since: number, why: string, recordedBytesAtSince = 0): GapEvent | undefined {
    const seq = this.#firstSeq - 1;
    if (since >= seq) return undefined;
    const byteCount = this.#droppedBytes - recordedBytesAtSince;
    return { seq, at: this.#lastDroppedAt, type: 'gap', events: seq - since, byteCount, why };
  }

  /** Calls back after each event that is appended, until the returned function is called. */
  follow(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Drops its oldest events until so many bytes of memory are free. */
  giveBack(bytes: number): void {
    const goal = this.memoryBytes - bytes;
    while (this.eventCount > 0 && this.memoryBytes > goal) this.#dropOldest();
  }

  /** Forgets everything. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#memory.leave(this);
    this.#listeners.clear();
    this.#events = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  get #firstSeq(): number {
    return this.#lastSeq - this.eventCount + 1;
  }

  #dropOldest(): void {
    const event = this.#events[this.#head];
    if (!event) return;
    this.#events[this.#head] = undefined;
    this.#head++;
    const byteCount = byteCountOf(event);
    this.#bytes -= byteCount;
    this.#droppedEvents++;
    this.#droppedBytes += byteCount;
    this.#lastDroppedAt = event.at;
    this.#memory.release(byteCount + eventOverheadBytes);
    if (this.#head > 1024 && this.#head * 2 > this.#events.length) {
      this.#events = this.#events.slice(this.#head);
      this.#head = 0;
    }
  }
}
