import type { HeldFor, SendTally, SlowPolicy } from '../../src/contract/readers.ts';

/** Clients that have left of which so many are remembered. */
const maxGone = 20;

/** What a server does for each client of a lab's stream. */
export class ReaderLedger {
  readonly #open = new Map<number, () => HeldFor>();
  #gone: HeldFor[] = [];

  /** The clients, the oldest first; the last ones that have left are among them. */
  get held(): readonly HeldFor[] {
    return [...this.#gone, ...[...this.#open.values()].map((read) => read())].toSorted(
      (one, other) => one.conn - other.conn,
    );
  }

  /** A client has come; answers how to say that it has left. */
  enter(conn: number, slow: SlowPolicy, tally: () => SendTally): () => void {
    this.#open.set(conn, () => ({ conn, slow, isOpen: true, ...tally() }));
    return () => {
      if (!this.#open.delete(conn)) return;
      this.#gone.push({ conn, slow, isOpen: false, ...tally(), bufferedBytes: 0 });
      this.#gone = this.#gone.slice(-maxGone);
    };
  }
}
