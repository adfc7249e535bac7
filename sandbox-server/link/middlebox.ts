import { perfectLink, type Conditions } from '../../src/contract/conditions.ts';
import type { Side } from '../../src/contract/wire-event.ts';
import { IdleWatch } from './idle-watch.ts';
import { Lane, type LaneExit } from './lane.ts';
import type { Recorder } from './recorder.ts';

/** Where a middlebox stands: what it passes on goes there, and there it ends the connection. */
export interface MiddleboxPlace {
  /** Bytes of the client leave here. */
  toServer: Omit<LaneExit, 'bytesUntilCut'>;
  /** Bytes of the server leave here. */
  toClient: Omit<LaneExit, 'bytesUntilCut'>;
  /** It ends the connection. */
  cut(how: 'fin' | 'rst'): void;
}

/** What is on the path of a connection and does what the conditions say to the bytes of both sides. */
export class Middlebox {
  /** What the client sends. */
  readonly client: Lane;
  /** What the server sends. */
  readonly server: Lane;
  readonly #place: MiddleboxPlace;
  readonly #idleWatch = new IdleWatch(() => {
    this.#idleFor();
  });
  #recorder: Recorder | undefined;
  #conditions: Conditions = perfectLink;
  /** It has lost its entry of the connection, for good. */
  #isForgotten = false;
  /** How many bytes have left since it was told to cut after a number of them. */
  #leftSinceTold = 0;

  constructor(place: MiddleboxPlace) {
    this.#place = place;
    this.client = this.#lane('client', place.toServer);
    this.server = this.#lane('server', place.toClient);
  }

  /** Nothing is under way, and it has not forgotten the connection. */
  get isAtRest(): boolean {
    return this.client.isAtRest && this.server.isAtRest;
  }

  /** Does from now on what the recorder's conditions say, to the bytes that are under way as well; nothing without one. */
  meet(recorder: Recorder | undefined): void {
    const conditions = recorder?.conditions ?? perfectLink;
    this.#recorder = recorder;
    this.#conditions = conditions;
    if (conditions.cutAfterBytes === 0) this.#leftSinceTold = 0;
    this.#idleWatch.wait(conditions.idleTimeoutMs);
    this.client.meet(conditions, recorder);
    this.server.meet(conditions, recorder);
  }

  /** A byte has entered. */
  note(): void {
    this.#idleWatch.note();
  }

  /** The connection has been ended: what is under way will never arrive. */
  drop(): void {
    this.#idleWatch.stop();
    this.client.drop();
    this.server.drop();
  }

  /** The server has let go of the connection: what the client has sent reaches nobody any more. */
  serverGone(): void {
    this.#idleWatch.stop();
    this.client.drop();
  }

  #lane(side: Side, exit: Omit<LaneExit, 'bytesUntilCut'>): Lane {
    return new Lane(side, {
      ...exit,
      pass: (bytes) => {
        const takesMore = exit.pass(bytes);
        this.#countLeft(side, bytes.length);
        return takesMore;
      },
      bytesUntilCut: () => {
        const { cutAfterBytes } = this.#conditions;
        return cutAfterBytes === 0 ? Infinity : Math.max(1, cutAfterBytes - this.#leftSinceTold);
      },
    });
  }

  #countLeft(side: Side, byteCount: number): void {
    const { cutAfterBytes, cutHow, direction } = this.#conditions;
    if (cutAfterBytes === 0 || (direction !== 'both' && direction !== side)) return;
    this.#leftSinceTold += byteCount;
    if (this.#leftSinceTold >= cutAfterBytes) this.#place.cut(cutHow);
  }

  #idleFor(): void {
    const { idleAction } = this.#conditions;
    if (idleAction !== 'drop') {
      this.#place.cut(idleAction);
      return;
    }
    if (this.#isForgotten) return;
    this.#isForgotten = true;
    this.#recorder?.imposed('forgotten');
    this.client.forget();
    this.server.forget();
  }
}
