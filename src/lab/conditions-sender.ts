import type { Conditions } from '../contract/conditions.ts';

/** What a sender of conditions needs of its surroundings. */
export interface SenderSurroundings {
  /** Changes the lab's conditions; throws where the lab says no. */
  send(patch: Partial<Conditions>): Promise<unknown>;
  /** Calls back once after so many milliseconds; answers how to call it off. */
  after(milliseconds: number, callback: () => void): () => void;
  /** What was set and is not answered yet has changed. */
  changed(pending: Partial<Conditions>): void;
  failed(error: unknown): void;
}

/** Shortest time between two changes that are sent, ms: five a second while a slider is dragged. */
const restMs = 200;

/**
 * Sends what a learner sets, one change at a time and no more than five a second. What is set meanwhile is sent
 * together afterwards: the last value always arrives, and last.
 */
export class ConditionsSender {
  readonly #surroundings: SenderSurroundings;
  #waiting: Partial<Conditions> = {};
  #underWay: Partial<Conditions> = {};
  #isBusy = false;
  /** Ends the rest between two changes before its time. */
  #endRest: () => void = () => undefined;
  #isClosed = false;

  constructor(surroundings: SenderSurroundings) {
    this.#surroundings = surroundings;
  }

  /** What was set and is not answered yet. */
  get pending(): Partial<Conditions> {
    return { ...this.#underWay, ...this.#waiting };
  }

  set(patch: Partial<Conditions>): void {
    this.#waiting = { ...this.#waiting, ...patch };
    this.#surroundings.changed(this.pending);
    if (!this.#isBusy) void this.#send();
  }

  /** Nobody looks any more: what has not been sent is sent without a rest, and nobody is told. */
  close(): void {
    this.#isClosed = true;
    this.#endRest();
  }

  async #send(): Promise<void> {
    this.#isBusy = true;
    this.#underWay = this.#waiting;
    this.#waiting = {};
    const rested = new Promise<void>((resolve) => {
      const callOff = this.#surroundings.after(restMs, resolve);
      this.#endRest = () => {
        callOff();
        resolve();
      };
    });
    if (this.#isClosed) this.#endRest();
    try {
      await this.#surroundings.send(this.#underWay);
    } catch (error) {
      if (!this.#isClosed) this.#surroundings.failed(error);
    }
    // Until the rest is over, too: by then the wire log has told what the answer has.
    await rested;
    this.#underWay = {};
    this.#isBusy = false;
    if (!this.#isClosed) this.#surroundings.changed(this.pending);
    if (Object.keys(this.#waiting).length > 0) void this.#send();
  }
}
