import type { Clock } from './clock.ts';
import { dayMs, demand } from './demand.ts';

/** A message that waits to be sent. */
export interface Waiting {
  /** 1, 2, 3 … in the order in which the application sent them. */
  number: number;
  data: string;
  /** A message that a later one with the same key makes needless. */
  key?: string | undefined;
  /** When the application sent it, ms. */
  at: number;
}

/** How much may wait, and what happens to what is too much or too old. */
export interface QueueOptions {
  maxMessages: number;
  /** Bytes of UTF-8. */
  maxBytes: number;
  /** The queue is full: refuse the new one, drop the oldest, or drop the newest that waits. */
  whenFull: 'refuse' | 'drop oldest' | 'drop newest';
  /** After this time a message is no longer worth sending, ms. */
  timeToLiveMs: number;
}

/** A minute's worth of a chat. */
const defaultQueue: Readonly<QueueOptions> = {
  maxMessages: 1000,
  maxBytes: 1_048_576,
  whenFull: 'refuse',
  timeToLiveMs: dayMs,
};

const byteCountOf = (data: string): number => new TextEncoder().encode(data).length;

/** Messages that wait to be sent, in the order in which they were given. What it lets go without sending, it says. */
export class SendQueue {
  readonly #options: Readonly<QueueOptions>;
  readonly #clock: Clock;
  readonly #dropped: (message: Waiting, why: 'full' | 'too old' | 'superseded') => void;
  #messages: Waiting[] = [];
  #byteCount = 0;

  /** `dropped` is told of each message that will never be sent. Throws `RangeError` for absurd parameters. */
  constructor(
    options: Partial<QueueOptions>,
    clock: Clock,
    dropped: (message: Waiting, why: 'full' | 'too old' | 'superseded') => void,
  ) {
    this.#options = { ...defaultQueue, ...options };
    demand('maxMessages', this.#options.maxMessages, 1, 1_000_000);
    demand('maxBytes', this.#options.maxBytes, 1, 1_073_741_824);
    demand('timeToLiveMs', this.#options.timeToLiveMs, 1, dayMs);
    this.#clock = clock;
    this.#dropped = dropped;
  }

  get length(): number {
    return this.#messages.length;
  }

  /** Whether the message was taken. */
  add(message: Waiting): boolean {
    const { maxMessages, maxBytes, whenFull } = this.#options;
    const byteCount = byteCountOf(message.data);
    if (byteCount > maxBytes) return false;
    this.#dropOld();
    const older = message.key === undefined ? -1 : this.#messages.findIndex(({ key }) => key === message.key);
    const freed = byteCountOf(this.#messages[older]?.data ?? '');
    const isFull = this.length - (older === -1 ? 0 : 1) >= maxMessages;
    // A message that is refused replaces none.
    if (whenFull === 'refuse' && (isFull || this.#byteCount - freed + byteCount > maxBytes)) return false;
    if (older !== -1) this.#drop(older, 'superseded');
    while (this.length >= maxMessages || this.#byteCount + byteCount > maxBytes) {
      this.#drop(whenFull === 'drop oldest' ? 0 : this.length - 1, 'full');
    }
    this.#messages.push(message);
    this.#byteCount += byteCount;
    return true;
  }

  /** The next message that is still worth sending. */
  take(): Waiting | undefined {
    this.#dropOld();
    return this.#remove(0);
  }

  #dropOld(): void {
    const oldest = this.#clock.now() - this.#options.timeToLiveMs;
    for (let [first] = this.#messages; first && first.at <= oldest; [first] = this.#messages) {
      this.#drop(0, 'too old');
    }
  }

  #drop(index: number, why: 'full' | 'too old' | 'superseded'): void {
    const dropped = this.#remove(index);
    if (dropped) this.#dropped(dropped, why);
  }

  #remove(index: number): Waiting | undefined {
    const [removed] = this.#messages.splice(index, 1);
    if (removed) this.#byteCount -= byteCountOf(removed.data);
    return removed;
  }
}
