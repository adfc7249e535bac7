import type { WebSocket } from 'ws';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import { jsonLine } from '../log/jsonl.ts';
import { byteCountOf } from '../log/event-block.ts';
import type { WireLog } from '../log/wire-log.ts';

/**
 * One who follows a log. While more bytes wait for it than its bound it gets nothing; the log does not wait, and what it
 * has dropped by then the watcher is told as a `gap`.
 */
export class Watcher {
  /** Called when it can take more after it could not. */
  whenDrained: (() => void) | undefined;
  readonly #socket: WebSocket;
  readonly #log: WireLog;
  readonly #maxBufferedBytes: number;
  #since: number;
  /** What the log had recorded at `since`; `undefined` where it no longer knows. */
  #recordedBytes: number | undefined;
  #why = 'log full';
  #gaveSign = true;

  constructor(socket: WebSocket, log: WireLog, since: number, maxBufferedBytes: number) {
    this.#socket = socket;
    this.#log = log;
    this.#since = since;
    this.#maxBufferedBytes = maxBufferedBytes;
    this.#recordedBytes = log.recordedBytesAt(since);
    socket.on('pong', () => {
      this.#gaveSign = true;
    });
  }

  /** The last event that it was sent. */
  get since(): number {
    return this.#since;
  }

  /** Whether it can take more now. */
  get isReady(): boolean {
    return (
      this.#socket.readyState === this.#socket.OPEN && this.#socket.bufferedAmount <= this.#maxBufferedBytes
    );
  }

  /** Tells of events that the log dropped before the watcher was sent them, if there are any. */
  sendGap(): void {
    const gap = this.#log.gapAfter(this.#since, this.#why, this.#recordedBytes);
    if (!gap) return;
    this.#since = gap.seq;
    this.#recordedBytes = (this.#recordedBytes ?? 0) + gap.byteCount;
    this.#transmit(`[${jsonLine(gap)}]`);
  }

  /** Sends the next events; `text` is how they are written down. */
  send(events: readonly WireEvent[], text: string): void {
    this.#since = events.at(-1)?.seq ?? this.#since;
    this.#recordedBytes = (this.#recordedBytes ?? 0) + bytesOf(events);
    this.#transmit(text);
  }

  /** Asks for a sign of life; one that gave none since the last time is dropped. */
  demandSign(): void {
    if (!this.#gaveSign) {
      this.#socket.terminate();
      return;
    }
    this.#gaveSign = false;
    this.#socket.ping();
  }

  close(closeCode: number, reason: string): void {
    this.#socket.close(closeCode, reason);
  }

  #transmit(text: string): void {
    this.#socket.send(text, () => {
      if (this.isReady && this.#since < this.#log.lastSeq) this.whenDrained?.();
    });
    // From now on what it misses is its own slowness.
    if (!this.isReady) this.#why = 'watcher too slow';
  }
}

const bytesOf = (events: readonly WireEvent[]): number =>
  events.reduce((sum, event) => sum + byteCountOf(event), 0);
