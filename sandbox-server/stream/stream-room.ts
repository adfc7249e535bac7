import type { Limits } from '../limits.ts';
import { ResumeBuffer, type StreamMessage } from './resume-buffer.ts';
import { Sessions } from './sessions.ts';

/** The stream goes on for so long while nobody listens, so that who comes back has missed something; ms. */
const lingerMs = 120_000;

/** One who hears the stream. */
export interface StreamListener {
  /** Must not throw, and must not wait. */
  hear(message: StreamMessage): void;
}

/** What a room needs of its lab. */
export interface RoomSurroundings {
  /** Whether its life of the server goes on: one that has ended makes no messages, but for those who still listen. */
  isAlive(): boolean;
  /** Is told of each message that it makes. */
  made(data: string): void;
}

/**
 * The stream of a lab in one life of its server: a numbered message so often, for all who listen, and the messages that
 * clients send. What it remembers is gone with the next life.
 */
export class StreamRoom {
  readonly life: string;
  readonly buffer: ResumeBuffer;
  readonly sessions: Sessions;
  readonly #listeners = new Set<StreamListener>();
  #timer: NodeJS.Timeout | undefined;
  #everyMs = 1000;
  #heardAt = 0;

  readonly #surroundings: RoomSurroundings;

  constructor(
    life: string,
    limits: Pick<Limits, 'maxStreamMessages' | 'maxStreamSessions'>,
    surroundings: RoomSurroundings,
  ) {
    this.life = life;
    this.#surroundings = surroundings;
    this.buffer = new ResumeBuffer(limits.maxStreamMessages);
    this.sessions = new Sessions(limits.maxStreamSessions);
  }

  /** What stands for all messages so far. */
  get snapshot(): string {
    return `the state after message ${String(this.buffer.lastOffset)}`;
  }

  /** Messages come so often from now on, ms; for all who listen. */
  setPace(everyMs: number): void {
    if (everyMs === this.#everyMs) return;
    this.#everyMs = everyMs;
    this.#rest();
    this.#beat();
  }

  /** Hears the stream from now on; answers how to stop. */
  join(listener: StreamListener): () => void {
    this.#listeners.add(listener);
    this.#beat();
    return () => this.#listeners.delete(listener);
  }

  end(): void {
    this.#rest();
  }

  #beat(): void {
    this.#heardAt = performance.now();
    this.#timer ??= setInterval(() => {
      if (this.#listeners.size > 0) this.#heardAt = performance.now();
      else if (performance.now() - this.#heardAt > lingerMs || !this.#surroundings.isAlive()) {
        this.#rest();
        return;
      }
      const message = this.buffer.add(`message ${String(this.buffer.lastOffset + 1)}`);
      this.#surroundings.made(message.data);
      for (const listener of [...this.#listeners]) listener.hear(message);
    }, this.#everyMs).unref();
  }

  #rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
