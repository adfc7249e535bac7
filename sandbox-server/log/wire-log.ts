import type { GapEvent, Side, WireEvent } from '../../src/contract/wire-event.ts';
import { EventBlock, byteCountOf } from './event-block.ts';
import type { LogMemory } from './log-memory.ts';

/** The first block of a log is small, since most labs stay small; each further one is twice as large, up to these. */
const firstBlock = { events: 128, bytes: 8 * 1024 };
const largestBlock = { events: 2048, bytes: 256 * 1024 };

/** A log drops whole blocks: none may be more than this part of what it may hold. */
const largestShare = 1 / 8;

/** Large blocks that were dropped and are kept, to be written anew. */
const maxSpareBlocks = 2;

/** The bounds of one log. */
export interface WireLogBounds {
  /** Recorded bytes that it holds. */
  maxLogBytes: number;
  maxLogEvents: number;
}

/** An event that has no place in the log yet. */
export type NewEvent = WireEvent extends infer Event
  ? Event extends WireEvent
    ? Omit<Event, 'seq'>
    : never
  : never;

/**
 * The append-only record of what crossed a lab's links. Bounded in events and bytes: the oldest are dropped, and a
 * reader that had not read them is told so by a `gap`.
 */
export class WireLog {
  readonly #bounds: WireLogBounds;
  readonly #memory: LogMemory;
  readonly #maxBlock: typeof largestBlock;
  /** Called after each event. */
  #follower: (() => void) | undefined;
  /** The block that is written to. */
  #last = new EventBlock(0, 0).reset(1);
  /** All others, oldest first, and what they hold. */
  #full: EventBlock[] = [];
  #fullBytes = 0;
  #spare: EventBlock[] = [];
  #nextSize = firstBlock;
  #memoryBytes = 0;
  #droppedBytes = 0;
  #lastDroppedAt = 0;
  #isClosed = false;

  constructor(bounds: WireLogBounds, memory: LogMemory) {
    this.#bounds = bounds;
    this.#memory = memory;
    this.#maxBlock = {
      events: Math.max(1, Math.min(largestBlock.events, Math.floor(bounds.maxLogEvents * largestShare))),
      bytes: Math.min(largestBlock.bytes, Math.floor(bounds.maxLogBytes * largestShare)),
    };
    memory.join(this);
  }

  /** The last event's `seq`; 0 before the first. */
  get lastSeq(): number {
    return this.#last.firstSeq + this.#last.count - 1;
  }

  /** Number of events that are held. */
  get eventCount(): number {
    return this.lastSeq - this.#firstSeq + 1;
  }

  /** Recorded bytes that are held. */
  get byteCount(): number {
    return this.#fullBytes + this.#last.byteCount;
  }

  /** Events that were dropped so far. */
  get droppedEvents(): number {
    return this.#firstSeq - 1;
  }

  /** Memory that the log takes, in bytes. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** Adds bytes that crossed a link together; copies them. Times are milliseconds since the lab began. */
  appendBytes(conn: number, from: Side, parts: readonly Uint8Array[], at: number, due: number): void {
    if (this.#isClosed) return;
    let byteCount = 0;
    for (const part of parts) byteCount += part.length;
    if (!this.#last.hasRoom(byteCount)) this.#beginBlock(byteCount);
    this.#last.addBytes(conn, from, parts, byteCount, at, due);
    if (byteCount > this.#bounds.maxLogBytes) this.#dropAll();
    this.#follower?.();
  }

  /** Adds any other event. Its bytes, if any, must be nobody else's. */
  append(event: NewEvent): void {
    if (this.#isClosed) return;
    const placed: WireEvent = { ...event, seq: this.lastSeq + 1 };
    const byteCount = byteCountOf(placed);
    if (!this.#last.hasRoom(byteCount)) this.#beginBlock(byteCount);
    this.#last.add(placed);
    if (byteCount > this.#bounds.maxLogBytes) this.#dropAll();
    this.#follower?.();
  }

  /**
   * The events after `since`: at most so many, and no more once they carry so many bytes. Ones that were dropped are
   * missing: `gapAfter` tells. Their bytes hold only until the next event is appended.
   */
  after(
    since: number,
    maxEvents = Number.POSITIVE_INFINITY,
    maxBytes = Number.POSITIVE_INFINITY,
  ): WireEvent[] {
    const events: WireEvent[] = [];
    let bytes = 0;
    const take = (event: WireEvent): boolean => {
      if (events.length >= maxEvents || bytes >= maxBytes) return false;
      events.push(event);
      bytes += byteCountOf(event);
      return true;
    };
    for (const block of this.#blocks) {
      if (block.firstSeq + block.count <= since + 1) continue;
      if (!block.visit(since + 1 - block.firstSeq, take)) break;
    }
    return events;
  }

  /** Bytes that were recorded up to and with the event `seq`; `undefined` where the log no longer knows. */
  recordedBytesAt(seq: number): number | undefined {
    if (seq < this.#firstSeq - 1) return undefined;
    let recorded = this.#droppedBytes;
    for (const block of this.#blocks) {
      if (block.firstSeq > seq) break;
      block.visit(0, (event) => {
        if (event.seq <= seq) recorded += byteCountOf(event);
        return event.seq < seq;
      });
    }
    return recorded;
  }

  /**
   * What a reader that has read up to `since` has missed, if anything. `recordedBytesAtSince` is what `recordedBytesAt`
   * told of `since`; where it is not known, the bytes are those of all that was dropped.
   */
  gapAfter(since: number, why: string, recordedBytesAtSince = 0): GapEvent | undefined {
    const seq = this.#firstSeq - 1;
    if (since >= seq) return undefined;
    const byteCount = this.#droppedBytes - recordedBytesAtSince;
    return { seq, at: this.#lastDroppedAt, type: 'gap', events: seq - since, byteCount, why };
  }

  /** Calls `follower` after each event that is appended, or nobody. */
  follow(follower: (() => void) | undefined): void {
    this.#follower = follower;
  }

  /** Drops its oldest events until so many bytes of memory are free, as far as whole blocks go. */
  giveBack(bytes: number): void {
    const goal = this.#memoryBytes - bytes;
    for (const block of this.#spare.splice(0)) this.#free(block);
    while (this.#memoryBytes > goal && this.#full.length > 0) this.#free(this.#dropOldest());
  }

  /** Forgets everything, and takes nothing more. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#follower = undefined;
    this.#memory.leave(this);
    this.#memory.release(this.#memoryBytes);
    this.#memoryBytes = 0;
    this.#last = new EventBlock(0, 0).reset(this.lastSeq + 1);
    this.#full = [];
    this.#fullBytes = 0;
    this.#spare = [];
  }

  get #firstSeq(): number {
    return (this.#full[0] ?? this.#last).firstSeq;
  }

  get #blocks(): EventBlock[] {
    return [...this.#full, this.#last];
  }

  /** Begins a block that has room for so many bytes; drops what is then more than the log may hold. */
  #beginBlock(byteCount: number): void {
    const nextSeq = this.lastSeq + 1;
    if (this.#last.count > 0) {
      this.#full.push(this.#last);
      this.#fullBytes += this.#last.byteCount;
    } else {
      this.#free(this.#last);
    }
    const fitting = byteCount <= this.#maxBlock.bytes ? this.#spare.pop() : undefined;
    this.#last = (fitting ?? this.#newBlock(byteCount)).reset(nextSeq);
    const { maxLogBytes, maxLogEvents } = this.#bounds;
    const maxFullBytes = maxLogBytes - this.#last.maxBytes;
    const maxFullEvents = maxLogEvents - this.#last.maxEvents;
    while (this.#full.length > 0 && (this.#fullBytes > maxFullBytes || this.eventCount > maxFullEvents)) {
      this.#retire(this.#dropOldest());
    }
  }

  #newBlock(byteCount: number): EventBlock {
    const events = Math.min(this.#nextSize.events, this.#maxBlock.events);
    const bytes = Math.min(this.#nextSize.bytes, this.#maxBlock.bytes);
    this.#nextSize = { events: events * 2, bytes: bytes * 2 };
    const block = new EventBlock(events, Math.max(bytes, byteCount));
    this.#memoryBytes += block.memoryBytes;
    this.#memory.take(block.memoryBytes);
    return block;
  }

  /** Drops even the last event, which alone is more than the log may hold. */
  #dropAll(): void {
    const nextSeq = this.lastSeq + 1;
    this.#full.push(this.#last);
    this.#fullBytes += this.#last.byteCount;
    this.#last = new EventBlock(0, 0).reset(nextSeq);
    while (this.#full.length > 0) this.#retire(this.#dropOldest());
  }

  /** Drops the oldest block that is full; there must be one. */
  #dropOldest(): EventBlock {
    const block = this.#full.shift();
    if (!block) throw new Error('there is no block to drop');
    this.#fullBytes -= block.byteCount;
    this.#droppedBytes += block.byteCount;
    block.visit(block.count - 1, ({ at }) => {
      this.#lastDroppedAt = at;
      return true;
    });
    return block;
  }

  /** Keeps a dropped block to be written anew, if it is as large as any, or else frees it. */
  #retire(block: EventBlock): void {
    const { events, bytes } = this.#maxBlock;
    const isLargest = block.maxEvents === events && block.maxBytes === bytes;
    if (isLargest && this.#spare.length < maxSpareBlocks) this.#spare.push(block);
    else this.#free(block);
  }

  #free(block: EventBlock): void {
    this.#memoryBytes -= block.memoryBytes;
    this.#memory.release(block.memoryBytes);
  }
}
