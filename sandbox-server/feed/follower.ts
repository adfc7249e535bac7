import type { FeedTransport } from '../../src/contract/feed.ts';
import type { Feed, FeedListener } from './feed.ts';
import type { HeldMessage } from './held-messages.ts';

/** Where a follower's messages go. */
export interface Outlet {
  /** Bytes that were written and have not left yet. */
  readonly bufferedBytes: number;
  send(message: HeldMessage): void;
  /** So many messages were missed before the next one. */
  sendMissed?(count: number): void;
  /** A new run has begun: the next message has the id 1. */
  sendBegun?(): void;
  /** The feed has ended. */
  end(): void;
}

/**
 * One who is sent every message as it is made. While more bytes wait for it than its bound it is sent nothing; the feed
 * does not wait, and what it holds no longer by then the follower has missed.
 */
export class Follower implements FeedListener {
  readonly transport: FeedTransport;
  readonly #feed: Feed;
  readonly #outlet: Outlet;
  /** The last message that it was sent, or has missed. */
  #since: number;

  constructor(feed: Feed, transport: FeedTransport, since: number, outlet: Outlet) {
    this.#feed = feed;
    this.transport = transport;
    this.#since = since;
    this.#outlet = outlet;
  }

  /** Sends what is new, as far as there is room for it. Call it too when bytes have left. */
  heard(): void {
    const feed = this.#feed;
    if (this.#since >= feed.lastId || !this.#hasRoom()) return;
    const startedAt = performance.now();
    const work = feed.workOf(this.transport);
    const missed = feed.missedAfter(this.#since);
    if (missed > 0) {
      this.#outlet.sendMissed?.(missed);
      work.missed += missed;
      this.#since += missed;
    }
    for (const message of feed.after(this.#since)) {
      this.#since = message.id;
      this.#outlet.send(message);
      work.messages++;
      if (!this.#hasRoom()) break;
    }
    work.workMs += performance.now() - startedAt;
  }

  begun(): void {
    this.#since = 0;
    this.#outlet.sendBegun?.();
  }

  ended(): void {
    this.#outlet.end();
  }

  #hasRoom(): boolean {
    return this.#outlet.bufferedBytes < this.#feed.limits.maxFeedBufferedBytes;
  }
}
