import { perfectLink, type Conditions } from '../../src/contract/conditions.ts';
import type { Side } from '../../src/contract/wire-event.ts';
import type { Recorder } from './recorder.ts';
import { Schedule, type Departure } from './schedule.ts';

/** Most that is held of one side, in bytes: beyond it the link stops reading, and TCP holds the sender back. */
const maxHeldBytes = 1024 * 1024;

/** Where what leaves a lane goes. */
export interface LaneExit {
  /** Takes bytes; answers whether it takes more now. Where not, `goOn` of the lane will be called. */
  pass(bytes: Buffer): boolean;
  /** How many bytes may still leave before the link ends the connection. */
  bytesUntilCut(): number;
  /** The other side's direction ends. */
  end(how: 'fin' | 'rst'): void;
  /** There is room again for bytes to enter. */
  hasRoom(): void;
}

/**
 * One direction of a link: what one side sends is under way here, in order, until it leaves to the other. Where there is
 * nothing to do to bytes, and none are under way, they need not enter: see `isClear`.
 */
export class Lane {
  readonly #side: Side;
  readonly #exit: LaneExit;
  readonly #schedule = new Schedule();
  #recorder: Recorder | undefined;
  #conditions: Conditions = perfectLink;
  #isForgotten = false;
  #isShaped = false;
  #isFrozen = false;
  /** The other side takes no more for now. */
  #isBlocked = false;
  #timer: NodeJS.Timeout | undefined;
  #turn: NodeJS.Immediate | undefined;

  constructor(side: Side, exit: LaneExit) {
    this.#side = side;
    this.#exit = exit;
  }

  /** Whether bytes may pass it by. */
  get isClear(): boolean {
    return !this.#isShaped && !this.#isForgotten && this.#schedule.isEmpty;
  }

  /** Whether nothing is under way, and bytes may still cross. */
  get isAtRest(): boolean {
    return !this.#isForgotten && this.#schedule.isEmpty;
  }

  get hasRoom(): boolean {
    return this.#schedule.heldBytes < maxHeldBytes;
  }

  /** Does from now on what the conditions say, to what is under way as well. */
  meet(conditions: Conditions, recorder: Recorder | undefined): void {
    this.#recorder = recorder;
    const { direction, frozen } = conditions;
    const isMeant = direction === 'both' || direction === this.#side;
    this.#conditions = isMeant ? conditions : perfectLink;
    const wasFrozen = this.#isFrozen;
    this.#isFrozen = frozen === 'both' || frozen === this.#side;
    const { latencyMs, jitterMs, bytesPerSecond, lossPercent, sliceBytes, cutAfterBytes } = this.#conditions;
    const { slowCloseMs } = conditions;
    this.#isShaped =
      this.#isFrozen ||
      latencyMs + jitterMs + bytesPerSecond + lossPercent + sliceBytes + cutAfterBytes + slowCloseMs > 0;
    this.#schedule.reshape({ ...this.#conditions, slowCloseMs });
    if (wasFrozen && !this.#isFrozen) this.#schedule.resume(performance.now());
    this.#run();
  }

  /** Takes bytes that entered the link at `at`, and records them; `became` is what they leave as, in one piece. */
  enter(bytes: Uint8Array, at: number, became?: Uint8Array): void {
    const seq =
      this.#recorder?.intervened(this.#side, bytes, became === undefined ? { at } : { at, became }) ?? 0;
    if (this.#isForgotten) {
      this.#recorder?.lost(this.#side, bytes.length);
      return;
    }
    const isWhole = became !== undefined;
    this.#schedule.add({ kind: 'bytes', bytes: became ?? bytes, at, seq, isWhole });
    this.#run();
  }

  /** This side has ended its direction, or reset the connection. */
  enterEnd(how: 'fin' | 'rst'): void {
    if (this.#isForgotten) return;
    // The kernel that sends an RST forgets what it had still to send.
    if (how === 'rst' && this.#side === 'server') this.drop();
    this.#schedule.add({ kind: 'end', how, at: performance.now() });
    this.#run();
  }

  /** A middlebox has forgotten the connection: what is under way and what still enters is lost, and no end is told. */
  forget(): void {
    this.#isForgotten = true;
    this.drop();
    // A side that was held back goes on, into the void.
    this.#exit.hasRoom();
  }

  /** The other side takes bytes again. */
  goOn(): void {
    if (!this.#isBlocked) return;
    this.#isBlocked = false;
    this.#schedule.resume(performance.now());
    this.#run();
  }

  /** What is under way will never arrive. */
  drop(): void {
    const byteCount = this.#schedule.drop();
    this.#stop();
    if (byteCount > 0) this.#recorder?.lost(this.#side, byteCount);
  }

  /** Lets everything leave that is due, and waits for what is due next. */
  #run(): void {
    if (this.#turn) return;
    clearTimeout(this.#timer);
    const heldBefore = this.#schedule.heldBytes;
    for (let next = this.#take(); next; next = this.#take()) {
      this.#leave(next);
      // Each slice in a turn of its own: written together, they would cross as one.
      if (this.#conditions.sliceBytes > 0 && !this.#schedule.isEmpty) {
        this.#turn = setImmediate(() => {
          this.#turn = undefined;
          this.#run();
        });
        break;
      }
    }
    if (heldBefore >= maxHeldBytes && this.hasRoom) this.#exit.hasRoom();
    this.#wait();
  }

  #take(): Departure | undefined {
    return this.#isFrozen || this.#isBlocked
      ? undefined
      : this.#schedule.take(performance.now(), this.#exit.bytesUntilCut());
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const { due } = this.#schedule;
    if (due === undefined || this.#isFrozen || this.#isBlocked || this.#turn) return;
    this.#timer = setTimeout(
      () => {
        this.#run();
      },
      Math.max(1, Math.ceil(due - performance.now())),
    );
  }

  #leave(departure: Departure): void {
    if (departure.kind === 'end') {
      this.#exit.end(departure.how);
      return;
    }
    const { bytes, seq, isLast } = departure;
    this.#recorder?.left(seq, isLast ? undefined : bytes.length);
    this.#isBlocked = !this.#exit.pass(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
  }

  #stop(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }
}
