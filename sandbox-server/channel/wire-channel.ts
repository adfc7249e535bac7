import type { WebSocket } from 'ws';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import type { Limits } from '../limits.ts';
import { jsonLine } from '../log/jsonl.ts';
import type { WireLog } from '../log/wire-log.ts';
import { refuse } from '../refusals.ts';
import { Watcher } from './watcher.ts';

/** While events keep coming, watchers get them so often. */
const batchMs = 16;

/** A batch has at most so many events, or little more than so many bytes; the rest follows in the next. */
const maxBatchEvents = 4096;
const maxBatchBytes = 512 * 1024;

/** How often a watcher is asked whether it is still there. */
const heartbeatMs = 30_000;

/**
 * Delivers the wire log of a lab to those who follow it: at once after a quiet moment, else in batches. Watchers that
 * have read equally far share the work of writing a batch down.
 */
export class WireChannel {
  readonly #log: WireLog;
  readonly #limits: Pick<Limits, 'maxWatchersPerLab' | 'maxWatcherBufferedBytes'>;
  readonly #watchers = new Set<Watcher>();
  #heartbeat: NodeJS.Timeout | undefined;
  #isScheduled = false;
  #deliveredAt = Number.NEGATIVE_INFINITY;
  #lastWritten: { since: number; eventCount: number; text: string } | undefined;

  constructor(log: WireLog, limits: Pick<Limits, 'maxWatchersPerLab' | 'maxWatcherBufferedBytes'>) {
    this.#log = log;
    this.#limits = limits;
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  /** Throws `SandboxError` where there is no room for another watcher. */
  demandRoom(): void {
    const { maxWatchersPerLab } = this.#limits;
    if (this.#watchers.size >= maxWatchersPerLab) throw refuse.tooManyWatchers(maxWatchersPerLab);
  }

  /** Delivers all events after `since` to this socket, until either ends. */
  follow(socket: WebSocket, since: number): void {
    const watcher = new Watcher(socket, this.#log, since, this.#limits.maxWatcherBufferedBytes);
    this.#watchers.add(watcher);
    this.#log.follow(() => {
      this.#schedule();
    });
    this.#heartbeat ??= setInterval(() => {
      for (const each of this.#watchers) each.demandSign();
    }, heartbeatMs).unref();
    socket.once('close', () => {
      this.#leave(watcher);
    });
    watcher.whenDrained = () => {
      this.#schedule();
    };
    this.#schedule();
  }

  /** Ends all watching. */
  close(closeCode: number, reason: string): void {
    for (const watcher of this.#watchers) watcher.close(closeCode, reason);
  }

  #leave(watcher: Watcher): void {
    this.#watchers.delete(watcher);
    if (this.#watchers.size > 0) return;
    this.#log.follow(undefined);
    clearInterval(this.#heartbeat);
    this.#heartbeat = undefined;
    this.#lastWritten = undefined;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    const deliver = (): void => {
      this.#isScheduled = false;
      this.#deliver();
    };
    const quietMs = performance.now() - this.#deliveredAt;
    // Not in this very call: the connection that is watched goes first.
    if (quietMs >= batchMs) setImmediate(deliver);
    else setTimeout(deliver, batchMs - quietMs);
  }

  #deliver(): void {
    this.#deliveredAt = performance.now();
    const { lastSeq } = this.#log;
    for (const watcher of this.#watchers) {
      if (!watcher.isReady) continue;
      watcher.sendGap();
      const events = this.#log.after(watcher.since, maxBatchEvents, maxBatchBytes);
      if (events.length > 0) watcher.send(events, this.#write(watcher.since, events));
      if (watcher.since < lastSeq) this.#schedule();
    }
  }

  #write(since: number, events: readonly WireEvent[]): string {
    const last = this.#lastWritten;
    if (last?.since === since && last.eventCount === events.length) return last.text;
    const text = `[${events.map(jsonLine).join(',')}]`;
    this.#lastWritten = { since, eventCount: events.length, text };
    return text;
  }
}
