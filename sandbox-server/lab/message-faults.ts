import type { Conditions } from '../../src/contract/conditions.ts';
import type { MessageFault, MessageFaultKind } from '../../src/contract/message-fault.ts';
import type { Side } from '../../src/contract/wire-event.ts';

/** Most faults that wait for their message. */
const maxWaiting = 20;

/** Decides what is done to a message: what was ordered for the next one, or what chance says. */
export class MessageFaults {
  #waiting: MessageFault[] = [];
  readonly #random: () => number;

  /** Conditions make some, by chance. */
  #byChance = false;

  /** `random` answers from 0 up to 1. */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Whether there is any to be done. */
  get isActive(): boolean {
    return this.#byChance || this.#waiting.length > 0;
  }

  /** Conditions have changed. */
  meet({ dropMessages, duplicateMessages, reorderMessages }: Conditions): void {
    this.#byChance = dropMessages + duplicateMessages + reorderMessages > 0;
  }

  /** Orders a fault for the next message that it fits; beyond so many, the oldest order is forgotten. */
  order(fault: MessageFault): void {
    this.#waiting.push(fault);
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
  }

  /** Nothing that was ordered will be done any more. */
  forget(): void {
    this.#waiting = [];
  }

  /** What is done to a message of this side on this connection, if anything. */
  draw(conn: number, from: Side, conditions: Conditions): MessageFaultKind | undefined {
    const index = this.#waiting.findIndex(
      (fault) => fault.from === from && (fault.connection === undefined || fault.connection === conn),
    );
    if (index !== -1) return this.#waiting.splice(index, 1)[0]?.what;
    const { messageDirection, dropMessages, duplicateMessages, reorderMessages } = conditions;
    if (messageDirection !== 'both' && messageDirection !== from) return undefined;
    if (this.#random() < dropMessages) return 'drop';
    if (this.#random() < duplicateMessages) return 'duplicate';
    return this.#random() < reorderMessages ? 'reorder' : undefined;
  }
}
