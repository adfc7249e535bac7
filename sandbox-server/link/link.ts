import type { Socket } from 'node:net';
import { perfectLink } from '../../src/contract/conditions.ts';
import { refusalByMiddlebox } from './faults/upgrade.ts';
import { Ends } from './ends.ts';
import { HeadGate } from './head-gate.ts';
import { takeBytes } from './intake.ts';
import { Middlebox } from './middlebox.ts';
import type { Recorder, RecordKeeper } from './recorder.ts';
import { Records } from './records.ts';
import { SocketStandIn } from './socket-stand-in.ts';
import { writtenParts } from './written-parts.ts';

/** What a peer's reset looks like to whoever holds the connection. */
const resetError = (): Error => Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });

/**
 * The piece of network between a client and the HTTP server: a stream around the accepted socket, which Node's HTTP
 * server takes in place of it. All bytes cross here, and here they are recorded, each with the time at which it entered
 * and the time at which it leaves. What is recorded is a copy: ws unmasks a client's payload in place.
 */
export class Link extends SocketStandIn {
  /** When TCP's accept told of the connection, by `performance.now()`. */
  readonly acceptedAt = performance.now();
  readonly #gate: HeadGate;
  /** Who keeps its record. */
  readonly records = new Records();
  #whenDrained: ((error?: Error | null) => void) | undefined;
  readonly #ends = new Ends();
  /** The server reads too slowly, and the client is read no further. */
  #isHeldBack = false;
  /** The link itself has ended the connection: what still comes from either side is lost. */
  #isCut = false;
  /** What does something to bytes; there is none on the path before something is imposed. */
  #middlebox: Middlebox | undefined;

  constructor(socket: Socket, keeper: RecordKeeper, maxHeadBytes: number) {
    super(socket);
    this.#gate = this.#makeGate(keeper, maxHeadBytes);
    takeBytes(socket, (bytes) => this.#enter(bytes));
    socket.on('end', () => {
      this.#clientFinished();
    });
    socket.on('drain', () => {
      this.#middlebox?.server.goOn();
      if (this.#middlebox?.server.hasRoom !== false) this.#drained();
    });
    socket.on('error', (error) => {
      this.#clientReset(error);
    });
    socket.on('close', () => {
      this.#clientGone();
    });
  }

  /** Records this connection from its first byte on, whatever it says. */
  record(recorder: Recorder): void {
    this.records.isClaimed = true;
    this.#recordBy(recorder);
    if (!recorder.conditions.accept) this.cutWithReset();
    else if (recorder.conditions.upgrade === 'pass') this.#gate.open();
    else this.#gate.examine();
  }

  /** Does from now on what the conditions say, to the bytes that are under way as well. */
  conditionsChanged(): void {
    if (this.records.current && !this.#isCut) this.#meet(this.records.current);
  }

  /** Sends the client bytes as if by the server, past whatever the server is writing. */
  inject(bytes: Uint8Array): void {
    if (!this.destroyed) this.#send([bytes], () => undefined);
  }

  /** Ends both sides at once, whatever is held. */
  abandon(): void {
    this.destroy();
    this.socket.destroy();
  }

  /** It is being kept alive for a request that may come. */
  get isBetweenRequests(): boolean {
    return this.#gate.isAwaiting;
  }

  /** The answer to a request is complete: the next request decides again whether, and by whom, it is recorded. */
  awaitRequest(): void {
    if (!this.records.isClaimed && this.#gate.isOpen) this.#gate.awaitRequest();
  }

  /** Ends the connection as a middlebox may: FIN to the client, an end of the stream to the server. */
  cutWithFin(): void {
    if (this.#isCut || this.destroyed) return;
    this.#dropAll();
    this.#recordEnd('link', 'fin');
    this.#isCut = true;
    this.socket.end();
    this.#drained();
    if (!this.#ends.client) this.push(null);
  }

  /** Ends the connection as a middlebox may that has lost its table: RST to both. */
  cutWithReset(): void {
    if (this.destroyed) return;
    this.#dropAll();
    this.#recordEnd('link', 'rst');
    this.#isCut = true;
    this.socket.resetAndDestroy();
    this.destroy(resetError());
  }

  /** Takes bytes of the client; answers whether there may be more. */
  #enter(bytes: Buffer): boolean {
    this.#middlebox?.note();
    if (this.#isCut) {
      this.records.current?.lost('client', bytes.length);
    } else if (this.#gate.isOpen) {
      const now = performance.now();
      this.#pass(bytes, now, now);
    } else {
      this.#gate.add(bytes);
    }
    return this.#mayRead;
  }

  get #mayRead(): boolean {
    return !this.#isHeldBack && this.#middlebox?.client.hasRoom !== false;
  }

  /**
   * Passes on bytes that entered at `at`, now, or what they became, and records them; or sends them on their way, where
   * that takes time.
   */
  #pass(bytes: Buffer, at: number, now: number, became?: Buffer): void {
    const lane = this.#middlebox?.client;
    if (lane?.isClear === false) {
      lane.enter(bytes, at, became);
      return;
    }
    if (became) this.records.current?.intervened('client', bytes, { at, due: now, became });
    else this.records.current?.crossed('client', [bytes], at, now);
    this.#deliver(became ?? bytes);
  }

  #makeMiddlebox(): Middlebox {
    return new Middlebox({
      toServer: {
        pass: (bytes) => {
          this.#deliver(bytes);
          return !this.#isHeldBack;
        },
        end: (how) => {
          if (how === 'fin') this.push(null);
          else this.destroy(resetError());
        },
        hasRoom: () => {
          if (this.#mayRead) this.socket._read(0);
        },
      },
      toClient: {
        pass: (bytes) => this.socket.write(bytes),
        end: (how) => {
          if (how === 'rst') this.socket.resetAndDestroy();
          else if (this.destroyed) this.socket.destroySoon();
          else this.socket.end();
        },
        hasRoom: () => {
          this.#drained();
        },
      },
      cut: (how) => {
        if (how === 'fin') this.cutWithFin();
        else this.cutWithReset();
      },
    });
  }

  /** Passes bytes on to the server. */
  #deliver(bytes: Buffer): void {
    if (this.destroyed) return;
    // To a reader that waits, a Readable would hand them over just so, after more bookkeeping (measured: 2 % of an echo).
    if (this.readableFlowing === true && this.readableLength === 0) this.emit('data', bytes);
    else this.#isHeldBack = !this.push(bytes);
  }

  #makeGate(keeper: RecordKeeper, maxHeadBytes: number): HeadGate {
    return new HeadGate(
      {
        recorderFor: (target) => {
          // A line that begins no request belongs to what came before, and so does what is still under way.
          const isNews = !this.records.isClaimed && this.#middlebox?.isAtRest !== false;
          if (isNews && target) this.#recordBy(keeper.recorderFor(this, target));
          return this.records.current;
        },
        isService: (target) => keeper.isService(target),
        pass: (bytes, at) => {
          this.#pass(bytes, at, performance.now());
        },
        passChanged: (bytes, became, at) => {
          this.#pass(bytes, at, performance.now(), became);
        },
        refuse: () => {
          this.#refuse();
        },
        // As a kernel answers where nothing is listening.
        turnAway: () => {
          this.cutWithReset();
        },
      },
      maxHeadBytes,
    );
  }

  /** Answers in the server's place, and ends the connection. The request never arrives. */
  #refuse(): void {
    const answer = refusalByMiddlebox();
    this.#dropAll();
    const now = performance.now();
    this.records.current?.intervened('server', answer, { at: now, due: now, by: 'link' });
    this.socket.write(answer);
    this.cutWithFin();
  }

  /** Nothing of what the link holds will ever arrive. */
  #dropAll(): void {
    this.#dropHeld();
    this.#middlebox?.drop();
  }

  /** The bytes that the gate holds will never arrive. */
  #dropHeld(): void {
    for (const { bytes, at } of this.#gate.take()) this.records.swallowed(bytes, at);
  }

  #clientFinished(): void {
    if (this.#ends.client) return;
    if (this.#gate.holdsHead) this.#dropHeld();
    else this.#gate.open();
    this.#recordEnd('client', 'fin');
    this.#ends.client = true;
    if (this.#middlebox?.client.isClear === false) this.#middlebox.client.enterEnd('fin');
    else if (!this.#isCut) this.push(null);
  }

  #clientReset(error: Error): void {
    this.#recordEnd('client', 'rst');
    if (this.#middlebox?.client.isClear === false) this.#middlebox.client.enterEnd('rst');
    else this.destroy(error);
  }

  /** The client's socket is gone: nothing reaches it any more, and what it has sent is still under way. */
  #clientGone(): void {
    this.#middlebox?.server.drop();
    // After two FINs the stream ends by itself, once its reader has taken what arrived before.
    const isUnderWay = this.#ends.client && this.#middlebox?.client.isClear === false;
    if (!this.destroyed && !isUnderWay && !this.#ends.both) this.destroy();
    if (this.destroyed) this.records.close();
  }

  /** From here on somebody else keeps the record, or nobody. */
  #recordBy(recorder: Recorder | undefined): void {
    if (this.records.handTo(recorder)) this.#meet(recorder);
  }

  /** Does what the recorder's conditions say; nothing without one. */
  #meet(recorder: Recorder | undefined): void {
    if (recorder && recorder.conditions !== perfectLink) this.#middlebox ??= this.#makeMiddlebox();
    this.#middlebox?.meet(recorder);
  }

  #drained(): void {
    const whenDrained = this.#whenDrained;
    this.#whenDrained = undefined;
    whenDrained?.();
  }

  /** Records an end, if it is news. */
  #recordEnd(by: 'client' | 'server' | 'link', how: 'fin' | 'rst'): void {
    if (this.#ends.note(by, how, this.#isCut)) this.records.end(by, how);
  }

  /** Records what the server wrote at once, and sends it. */
  #send(parts: readonly Uint8Array[], callback: (error?: Error | null) => void): void {
    const recorder = this.records.current;
    this.#middlebox?.note();
    if (this.#isCut) {
      for (const part of parts) recorder?.lost('server', part.length);
      callback();
      return;
    }
    const lane = this.#middlebox?.server;
    if (lane?.isClear === false) {
      lane.enter(Buffer.concat(parts), performance.now());
      // The server is held back once there is no more room.
      if (lane.hasRoom) callback();
      else this.#whenDrained = callback;
      return;
    }
    if (recorder) {
      const now = performance.now();
      recorder.crossed('server', parts, now, now);
    }
    let isDrained = true;
    for (const part of parts) isDrained = this.socket.write(part);
    if (isDrained) callback();
    else this.#whenDrained = callback;
  }

  override _read(): void {
    this.#isHeldBack = false;
    this.#middlebox?.client.goOn();
    if (this.#mayRead) this.socket._read(0);
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#send([bytes], callback);
  }

  // ws writes a frame as header and payload.
  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    const parts = writtenParts(chunks);
    if (parts.length === 1) {
      this.#send(parts, callback);
      return;
    }
    this.socket.cork();
    this.#send(parts, callback);
    this.socket.uncork();
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#recordEnd('server', 'fin');
    if (!this.#isCut && this.#middlebox?.server.isClear === false) {
      this.#middlebox.server.enterEnd('fin');
      callback();
    } else if (this.#isCut || this.socket.destroyed) callback();
    else this.socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    const isReset = this.#leavesUnread;
    this.#middlebox?.serverGone();
    if (this.#middlebox?.server.isClear === false && !this.#isCut && !this.socket.destroyed) {
      this.#letGo(isReset);
      callback(error);
      return;
    }
    if (this.#isCut) {
      // The link's own last words may still be on their way.
      this.socket.destroySoon();
    } else if (!this.#ends.server && !this.socket.destroyed && isReset) {
      this.#recordEnd('server', 'rst');
      this.socket.resetAndDestroy();
    } else {
      this.#recordEnd('server', 'fin');
      this.socket.destroy();
    }
    this.records.close();
    this.#drained();
    callback(error);
  }

  /** The server lets go of the connection; the client is told once that has crossed the link. */
  #letGo(isReset: boolean): void {
    const hasEnded = this.#ends.server;
    this.#recordEnd('server', isReset ? 'rst' : 'fin');
    if (isReset || !hasEnded) this.#middlebox?.server.enterEnd(isReset ? 'rst' : 'fin');
    this.#drained();
  }

  /** Whether bytes of the client were not read: closing then is an RST (RFC 1122 §4.2.2.13). */
  get #leavesUnread(): boolean {
    return this.readableLength > 0 || this.#isHeldBack;
  }
}
