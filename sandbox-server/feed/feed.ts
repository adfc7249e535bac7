import {
  defaultFeedSettings,
  feedTransports,
  type FeedPhase,
  type FeedSettings,
  type FeedState,
  type FeedTransport,
  type FeedWork,
} from '../../src/contract/feed.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { FeedClock } from './feed-clock.ts';
import { HeldMessages, type HeldMessage } from './held-messages.ts';
import { gapBefore, payloadOf } from './source.ts';
import { TokenBucket } from './token-bucket.ts';

/** How far a source may be behind (the machine slept) before it lets go of what it would have made meanwhile. */
const maxBehindMs = 1000;

/** The bounds of a feed. */
export type FeedLimits = Pick<
  Limits,
  | 'maxFeedMessages'
  | 'maxFeedBytes'
  | 'maxFeedListenersPerLab'
  | 'maxFeedRequestsPerSecond'
  | 'maxFeedBufferedBytes'
  | 'feedIdleSeconds'
>;

/** One who stays to listen: a stream, a WebSocket, or a poll that waits. */
export interface FeedListener {
  readonly transport: FeedTransport;
  /** There are new messages. */
  heard(): void;
  /** A new run has begun: ids count from 1 again. */
  begun(): void;
  /** The feed has ended with its lab. */
  ended(): void;
}

/**
 * The feed of a lab: one seeded source of messages, and who listens to it. It begins by itself when somebody listens,
 * rests when nobody has listened for a while, and holds the last messages for those who come for them later.
 */
export class Feed {
  readonly limits: FeedLimits;
  readonly #clock: FeedClock;
  readonly #labStartedAt: number;
  readonly #held: HeldMessages;
  readonly #listeners = new Set<FeedListener>();
  readonly #requests: TokenBucket;
  #work = noWork();
  #settings: FeedSettings = defaultFeedSettings;
  #phase: FeedPhase = 'not begun';
  #run = 0;
  #startedAt: number | null = null;
  /** When the next message is due, and when somebody listened last, by the clock. */
  #nextAt = 0;
  #heardAt = 0;
  #cancelTimer: (() => void) | undefined;
  #hasEnded = false;

  /** `labStartedAt` in ms since 1970. */
  constructor(limits: FeedLimits, clock: FeedClock, labStartedAt: number) {
    this.limits = limits;
    this.#clock = clock;
    this.#labStartedAt = labStartedAt;
    this.#held = new HeldMessages(limits);
    this.#requests = new TokenBucket(limits.maxFeedRequestsPerSecond, clock.now());
  }

  /** Counts its beginnings: 0 before the first. */
  get run(): number {
    return this.#run;
  }

  /** Of the last message made in this run; 0 before the first. */
  get lastId(): number {
    return this.#held.lastId;
  }

  /** What the server did for those who listen this way, in this run. */
  workOf(transport: FeedTransport): FeedWork {
    return this.#work[transport];
  }

  /** Begins a new run with these settings. Whoever listens hears it from its first message on. */
  begin(settings: FeedSettings): void {
    if (this.#hasEnded) return;
    this.#settings = settings;
    this.#run++;
    this.#startedAt = this.#clock.timeOfDay();
    this.#held.clear();
    this.#work = noWork();
    for (const { transport } of this.#listeners) this.#work[transport].open++;
    this.#heardAt = this.#clock.now();
    this.#go();
    for (const listener of [...this.#listeners]) listener.begun();
  }

  /** Makes no more messages; those that are held can still be polled. */
  stop(): void {
    this.#halt('stopped');
  }

  /** Ends it with its lab, and tells all who listen. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#halt('stopped');
    for (const listener of [...this.#listeners]) listener.ended();
    this.#listeners.clear();
    this.#held.clear();
  }

  /** Somebody asks for messages: it begins, or goes on, if it has to. Throws `SandboxError` where they ask too often. */
  attend(transport: FeedTransport): void {
    this.workOf(transport).requests++;
    if (!this.#requests.take(this.#clock.now())) throw refuse.feedRequestsTooFast();
    this.#heardAt = this.#clock.now();
    if (this.#phase === 'not begun') {
      this.begin(defaultFeedSettings);
      this.workOf(transport).requests++;
    } else if (this.#phase === 'resting') {
      this.#go();
    }
  }

  /** Throws `SandboxError` where there is no room for another who stays. */
  demandRoom(): void {
    const { maxFeedListenersPerLab } = this.limits;
    if (this.#listeners.size >= maxFeedListenersPerLab)
      throw refuse.tooManyFeedListeners(maxFeedListenersPerLab);
  }

  /** Lets one stay; the answer takes them off. */
  join(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    this.workOf(listener.transport).open++;
    return () => {
      if (!this.#listeners.delete(listener)) return;
      this.workOf(listener.transport).open--;
      this.#heardAt = this.#clock.now();
    };
  }

  /** How many messages after `since` are held no longer. */
  missedAfter(since: number): number {
    return this.#held.firstAfter(since) - since - 1;
  }

  /** The messages after `since` that are held, in order. */
  *after(since: number): Generator<HeldMessage, void> {
    for (let id = this.#held.firstAfter(since); ; id++) {
      const message = this.#held.get(id);
      if (!message) return;
      yield message;
    }
  }

  /** What `GET …/feed/settings` answers. */
  state(): FeedState {
    return {
      settings: this.#settings,
      phase: this.#phase,
      run: this.#run,
      startedAt: this.#startedAt,
      lastId: this.#held.lastId,
      oldestId: this.#held.oldestId,
      now: this.#clock.timeOfDay(),
      labStartedAt: this.#labStartedAt,
      transports: this.#work,
    };
  }

  /** Begins to make messages, or goes on: the next one comes after its whole gap. */
  #go(): void {
    this.#phase = 'running';
    this.#nextAt = this.#clock.now() + gapBefore(this.lastId + 1, this.#settings);
    this.#setTimer();
  }

  #halt(phase: FeedPhase): void {
    this.#phase = phase;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #setTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(Math.max(0, this.#nextAt - this.#clock.now()), () => {
      this.#makeDue();
    });
  }

  /** Makes every message that is due, and tells those who listen. */
  #makeDue(): void {
    const now = this.#clock.now();
    const idleMs = this.#listeners.size > 0 ? 0 : now - this.#heardAt;
    if (idleMs > this.limits.feedIdleSeconds * 1000) {
      this.#halt('resting');
      return;
    }
    if (now - this.#nextAt > maxBehindMs) this.#nextAt = now;
    const { lastId } = this;
    while (this.#nextAt <= now && this.#phase === 'running') this.#makeNext();
    if (this.#phase === 'running') this.#setTimer();
    // A timer may fire a little before its time.
    if (this.lastId === lastId) return;
    for (const listener of [...this.#listeners]) listener.heard();
  }

  #makeNext(): void {
    const id = this.lastId + 1;
    const payload = payloadOf(id, this.#settings);
    this.#held.add({ id, text: JSON.stringify({ id, bornAt: this.#clock.timeOfDay(), payload }) });
    if (id === this.#settings.count) this.#halt('complete');
    else this.#nextAt += gapBefore(id + 1, this.#settings);
  }
}

const noWork = (): Record<FeedTransport, FeedWork> =>
  Object.fromEntries(
    feedTransports.map((transport) => [
      transport,
      { requests: 0, messages: 0, missed: 0, workMs: 0, open: 0 },
    ]),
  ) as Record<FeedTransport, FeedWork>;
