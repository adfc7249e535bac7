import type { Side } from '../../src/contract/wire-event.ts';
import type { Recorder } from './recorder.ts';

/**
 * Who keeps the record of a connection. One that is kept alive may carry requests of several labs, and of none: at any
 * time one recorder, or nobody, is told what crosses, and all that ever were are told how the connection ends.
 */
export class Records {
  /** Somebody keeps the record whatever the connection says. */
  isClaimed = false;
  #current: Recorder | undefined;
  readonly #all = new Set<Recorder>();

  /** Who is told what crosses now. */
  get current(): Recorder | undefined {
    return this.#current;
  }

  /** From here on this one is told, or nobody; answers whether that is news. */
  handTo(recorder: Recorder | undefined): boolean {
    if (recorder === this.#current) return false;
    this.#current = recorder;
    if (recorder) this.#all.add(recorder);
    return true;
  }

  /** Bytes of the client have entered the link at a time, and will never leave it. */
  swallowed(bytes: Uint8Array, at: number): void {
    this.#current?.intervened('client', bytes, { at });
    this.#current?.lost('client', bytes.length);
  }

  /** A direction, or all of the connection, ended. */
  end(by: Side | 'link', how: 'fin' | 'rst'): void {
    for (const recorder of this.#all) recorder.end(by, how);
  }

  /** Nothing follows. */
  close(): void {
    for (const recorder of this.#all) recorder.close();
  }
}
