import { asksForUpgrade, headLength, stripUpgrade } from './faults/upgrade.ts';
import { HeldBytes, type HeldChunk } from './held-bytes.ts';
import type { Recorder } from './recorder.ts';
import { peekRequestTarget } from './request-target.ts';

/**
 * How far a gate is: it awaits a request line, which tells whether and where to record; it holds the request's head,
 * which a condition is going to change; or it lets everything through.
 */
type Phase = 'awaiting request' | 'holding head' | 'open';

/** What a gate asks of its link. */
export interface GateKeeper {
  /** Who keeps the record of a connection whose request begins with this target, if anybody; asked again and again. */
  recorderFor(target: string | undefined): Recorder | undefined;
  /** Whether the link's `upgrade` condition applies to a request for this target. */
  isService(target: string): boolean;
  /** Passes on bytes that came in at a time, by `performance.now()`. */
  pass(bytes: Buffer, at: number): void;
  /** Passes on `became` in the place of bytes that came in at a time. */
  passChanged(bytes: Buffer, became: Buffer, at: number): void;
  /** Answers in the server's place; what the gate held never arrives. */
  refuse(): void;
  /** The server is down; what the gate held never arrives. */
  turnAway(): void;
}

/** Holds the first bytes of each request until it is known what becomes of them. */
export class HeadGate {
  readonly #keeper: GateKeeper;
  readonly #maxHeadBytes: number;
  readonly #held = new HeldBytes();
  #phase: Phase = 'awaiting request';

  constructor(keeper: GateKeeper, maxHeadBytes: number) {
    this.#keeper = keeper;
    this.#maxHeadBytes = maxHeadBytes;
  }

  get isOpen(): boolean {
    return this.#phase === 'open';
  }

  /** Nothing of the next request has come. */
  get isAwaiting(): boolean {
    return this.#phase === 'awaiting request' && this.#held.byteCount === 0;
  }

  /** The head that it holds is going to be changed. */
  get holdsHead(): boolean {
    return this.#phase === 'holding head';
  }

  /** The next bytes are those of another request. */
  awaitRequest(): void {
    this.#phase = 'awaiting request';
  }

  add(bytes: Buffer): void {
    this.#held.add(bytes);
    this.examine();
  }

  /** Decides what happens to the held bytes, if there are enough of them. */
  examine(): void {
    if (this.#held.byteCount === 0) return;
    const bytes = this.#held.join();
    const isTooMuch = this.#held.byteCount > this.#maxHeadBytes;
    const target = peekRequestTarget(bytes);
    if (this.#phase === 'awaiting request') {
      if (target === undefined && !isTooMuch) return;
      const recorder = this.#keeper.recorderFor(target);
      if (recorder?.conditions.accept === false) {
        this.#keeper.turnAway();
        return;
      }
      if (!recorder || recorder.conditions.upgrade === 'pass' || !this.#keeper.isService(target ?? '')) {
        this.open();
        return;
      }
      this.#phase = 'holding head';
    }
    const length = headLength(bytes);
    if (length === undefined && !isTooMuch) return;
    this.#passHead(bytes, length ?? 0, this.#keeper.recorderFor(target)?.conditions.upgrade);
  }

  /** Passes the held bytes on as they came, and all that follow. */
  open(): void {
    for (const { bytes, at } of this.take()) this.#keeper.pass(bytes, at);
  }

  /** Lets the held bytes go, and all that follow. */
  take(): HeldChunk[] {
    this.#phase = 'open';
    return this.#held.take();
  }

  /** The head is whole: does to it what the condition says, and lets everything through from here. */
  #passHead(bytes: Buffer, length: number, upgrade: 'pass' | 'strip' | 'refuse' | undefined): void {
    const head = bytes.subarray(0, length);
    if (upgrade === undefined || !asksForUpgrade(head)) {
      this.open();
    } else if (upgrade === 'refuse') {
      this.#keeper.refuse();
    } else {
      const at = this.#held.heldSince;
      this.take();
      this.#keeper.passChanged(bytes, Buffer.concat([stripUpgrade(head), bytes.subarray(length)]), at);
    }
  }
}
