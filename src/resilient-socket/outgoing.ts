import { Acknowledgement, type AcknowledgementOptions } from './acknowledgement.ts';
import { BackPressure, type BackPressureOptions } from './back-pressure.ts';
import type { Clock } from './clock.ts';
import { SendQueue, type QueueOptions, type Waiting } from './send-queue.ts';

/** The parts that messages pass on their way out; `false` switches one off. */
export interface OutgoingOptions {
  queue: Partial<QueueOptions> | false;
  acknowledgement: Partial<AcknowledgementOptions> | false;
  backPressure: Partial<BackPressureOptions> | false;
}

/** What became of a message. None of the three says that it was delivered. */
export interface SendResult {
  /** 1, 2, 3 … in the order in which the application sent them: later events name it. */
  number: number;
  /** Handed to the socket, waiting, or not taken. */
  result: 'sent' | 'queued' | 'refused';
}

/** Where messages go. */
export interface Exit {
  /** Whether the socket takes messages now. */
  isReady(): boolean;
  bufferedAmount(): number;
  /** `id` is the same when a message is sent again; 0 where nothing is acknowledged. */
  transmit(id: number, data: string): void;
  /** This message will never be sent. */
  dropped(message: Waiting, why: 'full' | 'too old' | 'superseded'): void;
}

/** The way out: what is in doubt goes before what waits, and what waits before what is new. */
export class Outgoing {
  readonly #exit: Exit;
  /** Without the queue switched on it takes nothing new while there is no connection. */
  readonly #queue: SendQueue;
  readonly #takesWhileAway: boolean;
  readonly #acknowledgement: Acknowledgement | undefined;
  readonly #backPressure: BackPressure | undefined;
  #lastNumber = 0;

  /** Throws `RangeError` for a parameter that makes no sense. */
  constructor({ queue, acknowledgement, backPressure }: OutgoingOptions, clock: Clock, exit: Exit) {
    this.#exit = exit;
    this.#takesWhileAway = queue !== false;
    this.#queue = new SendQueue(queue || {}, clock, (message, why) => {
      exit.dropped(message, why);
    });
    if (acknowledgement) {
      this.#acknowledgement = new Acknowledgement(acknowledgement, clock, {
        resend: (doubtful) => {
          if (exit.isReady()) for (const { id, message } of doubtful) exit.transmit(id, message.data);
        },
        isHeldBack: () => exit.bufferedAmount() > 0,
      });
    }
    if (backPressure) this.#backPressure = new BackPressure(backPressure, clock, () => void this.#drain());
  }

  /** Messages that wait, and messages that are in doubt. */
  get pending(): { waiting: number; unacknowledged: number } {
    return { waiting: this.#queue.length, unacknowledged: this.#acknowledgement?.count ?? 0 };
  }

  /** The last id that the server is known to have taken; 0 where nothing is acknowledged. */
  get lastAcknowledged(): number {
    return this.#acknowledgement?.lastAcknowledged ?? 0;
  }

  /** One with a `key` takes the place of a waiting one with the same. */
  send(data: string, at: number, key?: string): SendResult {
    const number = ++this.#lastNumber;
    const isTaken =
      (this.#takesWhileAway || this.#exit.isReady()) && this.#queue.add({ number, data, at, key });
    if (!isTaken) return { number, result: 'refused' };
    return { number, result: this.#drain() === number ? 'sent' : 'queued' };
  }

  /** The connection is ready: the server says how far it has taken this session's messages. Answers those. */
  ready(received: number): Waiting[] {
    const done = this.#acknowledgement?.acknowledged(received) ?? [];
    this.#acknowledgement?.again();
    this.#drain();
    return done;
  }

  /** The server has the message of this id, and all before it. Answers those. */
  acknowledged(id: number): Waiting[] {
    const done = this.#acknowledgement?.acknowledged(id) ?? [];
    this.#drain();
    return done;
  }

  /** The connection is gone. */
  stop(): void {
    this.#acknowledgement?.stop();
    this.#backPressure?.stop();
  }

  /** Sends what may be sent; answers the number of the last one, or 0. */
  #drain(): number {
    let last = 0;
    while (this.#mayTransmit()) {
      const message = this.#queue.take();
      if (!message) break;
      this.#exit.transmit(this.#acknowledgement?.sent(message) ?? 0, message.data);
      last = message.number;
    }
    return last;
  }

  #mayTransmit(): boolean {
    if (this.#queue.length === 0 || !this.#exit.isReady() || this.#acknowledgement?.hasRoom === false)
      return false;
    return this.#backPressure?.mustWait(() => this.#exit.bufferedAmount()) !== true;
  }
}
