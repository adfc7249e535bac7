import { readServerEnvelope } from './envelope.ts';
import type { EventDetails } from './events.ts';
import { Resume, type Position } from './resume.ts';

/** What comes of what the server says. */
export interface Entrance {
  /** The server has greeted this session, and has taken its messages up to this id. */
  welcomed(received: number): void;
  acknowledged(id: number): void;
  ponged(id: number): void;
  /** Something is missing that the server may still hold. */
  missing(): void;
  tell<Name extends 'message' | 'snapshot' | 'duplicate' | 'gap'>(
    name: Name,
    detail: EventDetails[Name],
  ): void;
}

/** The way in: the server's envelopes, and the place in its stream. */
export class Incoming {
  readonly #options: { dedupe: boolean; resume: boolean };
  readonly #entrance: Entrance;
  readonly #resume = new Resume();
  /** Until the server has said where its stream goes on, we cannot place its messages. */
  #awaitsWelcome = true;

  constructor(options: { dedupe: boolean; resume: boolean }, entrance: Entrance) {
    this.#options = options;
    this.#entrance = entrance;
  }

  /** Where it stands in the server's stream. */
  get position(): Position | undefined {
    return this.#resume.position;
  }

  /** We are about to say where we stand. */
  greeted(): void {
    this.#awaitsWelcome = true;
  }

  /** Takes a message of the server; what is not one of our envelopes is the application's. */
  take(data: unknown): void {
    const envelope = readServerEnvelope(data);
    switch (envelope?.type) {
      case 'welcome':
        // The answer to an earlier greeting, or to one that arrived twice, would set us back.
        if (!this.#awaitsWelcome || this.#resume.isPast(envelope)) break;
        this.#awaitsWelcome = false;
        this.#resume.begin(envelope);
        this.#entrance.welcomed(envelope.received);
        break;
      case 'snapshot':
        if (this.#resume.isPast(envelope)) break;
        this.#resume.begin(envelope);
        this.#entrance.tell('snapshot', envelope);
        break;
      case 'message':
        if (!this.#awaitsWelcome) this.#apply(envelope);
        break;
      case 'ack':
        this.#entrance.acknowledged(envelope.id);
        break;
      case 'pong':
        this.#entrance.ponged(envelope.id);
        // The answer to a greeting may be what is missing.
        if (this.#awaitsWelcome || (this.#options.resume && this.#resume.isBehind(envelope.offset))) {
          this.#entrance.missing();
        }
        break;
      case undefined:
        this.#entrance.tell('message', { data });
    }
  }

  #apply({ offset, data }: { offset: number; data: string }): void {
    const expected = (this.position?.offset ?? 0) + 1;
    const reading = this.#resume.read(offset);
    if (reading === 'duplicate' && this.#options.dedupe) {
      this.#entrance.tell('duplicate', { offset });
      return;
    }
    if (reading === 'gap') {
      this.#entrance.tell('gap', { expected, offset });
      if (this.#options.resume) {
        this.#entrance.missing();
        return;
      }
      this.#resume.skipTo(offset);
    }
    this.#entrance.tell('message', { data, offset });
  }
}
