import type { SendTally, SlowPolicy } from '../../src/contract/readers.ts';

/** The socket of a client, as far as this needs it. */
export interface ReaderSocket {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedBytes: number;
  /** `sent` is called when the network has taken it. */
  send(text: string, sent: () => void): void;
  /** Says why, and ends it; also where it reads nothing of that. */
  dismiss(code: number, reason: string): void;
  /** Ends it at once. */
  abandon(): void;
}

/** Bytes that may wait for a client: where a policy begins, and where the sandbox ends it whatever the policy. */
export interface ReaderBounds {
  maxBufferedBytes: number;
  maxUnboundedBytes: number;
}

/**
 * Sends to a client no more than it reads: beyond a bound of bytes that wait, messages are dropped, or all but the newest
 * are, or the client is. Without it the server keeps in memory whatever one client does not read.
 */
export class SlowReader {
  readonly #socket: ReaderSocket;
  readonly #bounds: ReaderBounds;
  readonly #policy: SlowPolicy;
  readonly #tally = { sent: 0, dropped: 0, replaced: 0, peakBufferedBytes: 0 };
  #newest: string | undefined;
  #isOver = false;

  constructor(socket: ReaderSocket, bounds: ReaderBounds, policy: SlowPolicy) {
    this.#socket = socket;
    this.#bounds = bounds;
    this.#policy = policy;
  }

  /** What it has done so far. */
  get tally(): SendTally {
    return { ...this.#tally, bufferedBytes: this.#bufferedBytes() };
  }

  send(text: string): void {
    const bufferedBytes = this.#bufferedBytes();
    if (this.#isOver) this.#tally.dropped++;
    else if (this.#policy === 'none' && bufferedBytes > this.#bounds.maxUnboundedBytes) {
      this.#isOver = true;
      this.#socket.abandon();
    } else if (this.#policy === 'none' || bufferedBytes <= this.#bounds.maxBufferedBytes) this.#pass(text);
    else this.#judge(text);
  }

  #judge(text: string): void {
    if (this.#policy === 'coalesce') {
      if (this.#newest !== undefined) this.#tally.replaced++;
      this.#newest = text;
      return;
    }
    this.#tally.dropped++;
    if (this.#policy !== 'disconnect') return;
    this.#isOver = true;
    this.#socket.dismiss(1008, 'you read too slowly');
  }

  #pass(text: string): void {
    this.#tally.sent++;
    this.#socket.send(text, () => {
      this.#goOn();
    });
    this.#bufferedBytes();
  }

  #goOn(): void {
    const newest = this.#newest;
    this.#newest = undefined;
    if (newest !== undefined) this.send(newest);
  }

  #bufferedBytes(): number {
    const { bufferedBytes } = this.#socket;
    this.#tally.peakBufferedBytes = Math.max(this.#tally.peakBufferedBytes, bufferedBytes);
    return bufferedBytes;
  }
}
