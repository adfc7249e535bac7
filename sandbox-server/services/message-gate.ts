import type { Side } from '../../src/contract/wire-event.ts';
import type { LabConnection } from '../lab/lab-connection.ts';

/** A message that is to be overtaken waits so long for the next one, ms; then it goes on. */
const longestWaitMs = 2000;

/**
 * Where the messages of one side of a connection pass through a service: what conditions say is done to them here, and
 * the wire log told. Where nothing is imposed, each passes at once.
 */
export class MessageGate {
  readonly #connection: LabConnection | undefined;
  readonly #from: Side;
  #overtaken: (() => void) | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(connection: LabConnection | undefined, from: Side) {
    this.#connection = connection;
    this.#from = from;
  }

  /** Whether messages may pass it by: nothing is imposed on them, and none waits to be overtaken. */
  get isClear(): boolean {
    return this.#overtaken === undefined && this.#connection?.hasMessageFaults !== true;
  }

  /** Lets a message pass: `deliver` is called once, twice, later, or never. */
  pass(deliver: () => void): void {
    const fault = this.#connection?.messageFault(this.#from);
    switch (fault) {
      case 'drop':
        this.#connection?.imposed('message dropped', this.#from);
        return;
      case 'duplicate':
        this.#connection?.imposed('message duplicated', this.#from);
        deliver();
        deliver();
        break;
      case 'reorder':
        this.#connection?.imposed('message reordered', this.#from);
        this.#release();
        this.#overtaken = deliver;
        this.#timer = setTimeout(() => {
          this.#release();
        }, longestWaitMs);
        return;
      case undefined:
        deliver();
    }
    this.#release();
  }

  /** The connection is over: what waits is not delivered any more. */
  close(): void {
    clearTimeout(this.#timer);
    this.#overtaken = undefined;
  }

  #release(): void {
    const deliver = this.#overtaken;
    this.close();
    deliver?.();
  }
}
