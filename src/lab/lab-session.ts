import type { KnownLab } from '../contract/lab.ts';
import { LogReader, type WireLogView } from '../derive/log-reader.ts';
import { createLab, findLab, SandboxRefusal } from './lab-client.ts';
import { openWireChannel, type ChannelEnd, type WireChannel } from './wire-channel.ts';

/** How a page and its lab stand: `offline` is a sandbox that does not answer, `refused` one that said no. */
export type SessionStatus = 'connecting' | 'live' | 'offline' | 'refused';

/** What a page knows of its lab. A new object at each change. */
export interface SessionState {
  status: SessionStatus;
  lab: KnownLab | undefined;
  /** What the learner should know about the lab itself: a new one was made, the sandbox said no. */
  notice: string | undefined;
  log: WireLogView;
}

/** Where a lab's id is kept between two pages of one tab. */
export interface LabMemory {
  recall(): string | undefined;
  keep(id: string): void;
}

/** What a session needs of its surroundings. */
export interface SessionSurroundings {
  memory: LabMemory;
  /** Calls back once after so many milliseconds; answers how to call it off. */
  after(milliseconds: number, callback: () => void): () => void;
  /** A number from 0 up to 1. */
  random(): number;
  changed(state: SessionState): void;
}

/** The first wait before another attempt, and the longest, in ms. Each is drawn at random below its ceiling. */
const firstRetryMs = 250;
const longestRetryMs = 5000;

/**
 * A page's hold on a lab: finds or makes one, follows its wire log, resumes after a loss from the last event, and
 * makes a new lab where the old one is gone. It goes on trying until `stop()`.
 */
export class LabSession {
  readonly #surroundings: SessionSurroundings;
  #reader = new LogReader();
  #state: SessionState;
  #channel: WireChannel | undefined;
  #cancelRetry: (() => void) | undefined;
  #attempts = 0;
  #running = false;
  /** Counts the starts, so that an answer that arrives after `stop()` is not taken for one of the next run. */
  #run = 0;

  constructor(surroundings: SessionSurroundings) {
    this.#surroundings = surroundings;
    this.#state = { status: 'connecting', lab: undefined, notice: undefined, log: this.#reader.view };
  }

  get state(): SessionState {
    return this.#state;
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#run++;
    void this.#connect();
  }

  stop(): void {
    this.#running = false;
    this.#channel?.close();
    this.#channel = undefined;
    this.#cancelRetry?.();
    this.#cancelRetry = undefined;
  }

  /** Tries again at once: the learner asked, or the page has just been shown again. */
  retryNow(): void {
    if (!this.#running || !this.#cancelRetry) return;
    this.#cancelRetry();
    this.#cancelRetry = undefined;
    void this.#connect();
  }

  /** Leaves this lab for a fresh one. */
  async renew(): Promise<void> {
    const lab = await createLab();
    this.#channel?.close();
    this.#adopt(lab, undefined);
    this.#follow(lab);
  }

  async #connect(): Promise<void> {
    const run = this.#run;
    try {
      const lab = await this.#findOrCreate();
      if (this.#running && run === this.#run) this.#follow(lab);
    } catch (error) {
      if (!this.#running || run !== this.#run) return;
      const refusal = error instanceof SandboxRefusal ? `${error.message} ${error.hint}` : undefined;
      this.#change({ status: refusal === undefined ? 'offline' : 'refused', notice: refusal });
      this.#retryLater();
    }
  }

  async #findOrCreate(): Promise<KnownLab> {
    const had = this.#state.lab?.id;
    const remembered = had ?? this.#surroundings.memory.recall();
    const found = remembered === undefined ? undefined : await findLab(remembered);
    if (found) {
      if (had === undefined) this.#adopt(found, undefined);
      return found;
    }
    const lab = await createLab();
    const gone = 'Your lab had expired, or its sandbox was restarted. This is a new, empty one.';
    this.#adopt(lab, had === undefined ? undefined : gone);
    return lab;
  }

  #adopt(lab: KnownLab, notice: string | undefined): void {
    this.#surroundings.memory.keep(lab.id);
    this.#reader = new LogReader();
    this.#change({ lab, notice, log: this.#reader.view });
  }

  #follow(lab: KnownLab): void {
    this.#channel = openWireChannel(lab.id, this.#reader.view.lastSeq, {
      opened: () => {
        this.#attempts = 0;
        this.#change({ status: this.#statusOf(lab) });
      },
      received: (events) => {
        this.#reader.read(events);
        this.#change({ status: this.#statusOf(lab), log: this.#reader.view });
      },
      ended: (how) => {
        this.#ended(how);
      },
    });
  }

  /** Live once the page knows all that the lab had recorded when it was found. */
  #statusOf(lab: KnownLab): SessionStatus {
    return this.#reader.view.lastSeq >= lab.lastSeq ? 'live' : 'connecting';
  }

  #ended(how: ChannelEnd): void {
    this.#channel = undefined;
    if (how === 'lost') this.#change({ status: 'connecting' });
    this.#retryLater();
  }

  /** RFC 6455 §7.2.3 asks for a random, growing delay, so that not all pages of a room come back at once. */
  #retryLater(): void {
    const ceiling = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#attempts++);
    this.#cancelRetry = this.#surroundings.after(ceiling * this.#surroundings.random(), () => {
      this.#cancelRetry = undefined;
      void this.#connect();
    });
  }

  #change(change: Partial<SessionState>): void {
    this.#state = { ...this.#state, ...change };
    this.#surroundings.changed(this.#state);
  }
}
