/** A message that a feed holds. */
export interface HeldMessage {
  id: number;
  /** The message as JSON, in ASCII. */
  text: string;
}

/** How much may be held. */
export interface HeldBounds {
  maxFeedMessages: number;
  maxFeedBytes: number;
}

/** The last messages of a feed; beyond the bounds the oldest are dropped. */
export class HeldMessages {
  readonly #bounds: HeldBounds;
  readonly #messages = new Map<number, HeldMessage>();
  #bytes = 0;
  #lastId = 0;

  constructor(bounds: HeldBounds) {
    this.#bounds = bounds;
  }

  /** Of the last message that was added; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Of the oldest message that is held; 0 where none is. */
  get oldestId(): number {
    return this.#messages.size === 0 ? 0 : this.#lastId - this.#messages.size + 1;
  }

  /** Adds the message that follows the last one. */
  add(message: HeldMessage): void {
    this.#lastId = message.id;
    this.#messages.set(message.id, message);
    this.#bytes += message.text.length;
    const { maxFeedMessages, maxFeedBytes } = this.#bounds;
    while (this.#messages.size > maxFeedMessages || this.#bytes > maxFeedBytes) this.#dropOldest();
  }

  /** The message of that id, if it is held. */
  get(id: number): HeldMessage | undefined {
    return this.#messages.get(id);
  }

  /** The first id after `since` that is held, or the one that will be next. */
  firstAfter(since: number): number {
    return Math.max(since + 1, this.#lastId - this.#messages.size + 1);
  }

  /** Forgets everything, and counts from 1 again. */
  clear(): void {
    this.#messages.clear();
    this.#bytes = 0;
    this.#lastId = 0;
  }

  #dropOldest(): void {
    const { oldestId } = this;
    this.#bytes -= this.#messages.get(oldestId)?.text.length ?? 0;
    this.#messages.delete(oldestId);
  }
}
