/** What to do with a client that reads more slowly than it is sent to. */
export type SlowReaderPolicy = 'drop' | 'coalesce' | 'disconnect';

/** The socket of a client, as far as this needs it. */
export interface ReaderSocket {
  /** Bytes that were sent and that the network has not taken yet. */
  readonly bufferedBytes: number;
  /** `sent` is called when the network has taken it. */
  send(text: string, sent: () => void): void;
  close(code: number, reason: string): void;
}

/**
 * Sends to a client no more than it reads: beyond a bound of bytes that wait, messages are dropped, or all but the newest
 * are, or the client is. Without it the server keeps in memory whatever one client does not read.
 */
export class SlowReader {
  readonly #socket: ReaderSocket;
  readonly #maxBufferedBytes: number;
  readonly #policy: SlowReaderPolicy;
  #newest: string | undefined;

  constructor(socket: ReaderSocket, maxBufferedBytes: number, policy: SlowReaderPolicy) {
    this.#socket = socket;
    this.#maxBufferedBytes = maxBufferedBytes;
    this.#policy = policy;
  }

  send(text: string): void {
    if (this.#socket.bufferedBytes <= this.#maxBufferedBytes) {
      this.#socket.send(text, () => {
        this.#goOn();
      });
    } else if (this.#policy === 'coalesce') {
      this.#newest = text;
    } else if (this.#policy === 'disconnect') {
      this.#socket.close(1008, 'you read too slowly');
    }
  }

  #goOn(): void {
    const newest = this.#newest;
    this.#newest = undefined;
    if (newest !== undefined) this.send(newest);
  }
}
