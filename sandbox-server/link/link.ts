import type { Socket } from 'node:net';
import { asksForUpgrade, headLength, refusalByMiddlebox, stripUpgrade } from './faults/upgrade.ts';
import { HeldBytes, type HeldChunk } from './held-bytes.ts';
import { takeBytes } from './intake.ts';
import type { Recorder, RecordKeeper } from './recorder.ts';
import { peekRequestTarget } from './request-target.ts';
import { SocketStandIn } from './socket-stand-in.ts';

/**
 * How far the link is: it awaits a request line, which tells whether and where to record; it holds the request's head,
 * which a condition is going to change; or it passes everything on.
 */
type Phase = 'awaiting request' | 'holding head' | 'passing';

/** Up to so many bytes, parts are put together before they are written: it costs less than two writes (measured). */
const smallPiece = 4096;

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
  readonly #keeper: RecordKeeper;
  readonly #maxHeadBytes: number;
  #phase: Phase = 'awaiting request';
  readonly #held = new HeldBytes();
  #recorder: Recorder | undefined;
  #whenDrained: ((error?: Error | null) => void) | undefined;
  /** Who has ended its direction, with a FIN of its own or an RST of anybody. The link's FIN stands for the server's. */
  #clientEnded = false;
  #serverEnded = false;
  /** The server reads too slowly, and the client is read no further. */
  #isHeldBack = false;
  /** The link itself has ended the connection: what still comes from either side is lost. */
  #isCut = false;

  constructor(socket: Socket, keeper: RecordKeeper, maxHeadBytes: number) {
    super(socket);
    this.#keeper = keeper;
    this.#maxHeadBytes = maxHeadBytes;
    takeBytes(socket, (bytes) => this.#enter(bytes));
    socket.on('end', () => {
      this.#clientFinished();
    });
    socket.on('drain', () => {
      this.#drained();
    });
    socket.on('error', (error) => {
      this.#recordEnd('client', 'rst');
      this.destroy(error);
    });
    socket.on('close', () => {
      // After two FINs the stream ends by itself, once its reader has taken what arrived before.
      if (!this.#clientEnded || !this.#serverEnded) this.destroy();
    });
  }

  /** Who keeps its record, if anybody. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Records this connection from its first byte on, whatever it says. */
  record(recorder: Recorder): void {
    this.#recorder = recorder;
    if (recorder.conditions.upgrade === 'pass') this.#release();
    else this.#examine();
  }

  /** The answer to a request is complete: the next request decides anew whether it is one to record. */
  awaitRequest(): void {
    if (!this.#recorder && this.#phase === 'passing') this.#phase = 'awaiting request';
  }

  /** Ends the connection as a middlebox may: FIN to the client, an end of the stream to the server. */
  cutWithFin(): void {
    if (this.#isCut || this.destroyed) return;
    this.#dropHeld();
    this.#recordEnd('link', 'fin');
    this.#isCut = true;
    this.socket.end();
    this.#drained();
    if (!this.#clientEnded) this.push(null);
  }

  /** Ends the connection as a middlebox may that has lost its table: RST to both. */
  cutWithReset(): void {
    if (this.destroyed) return;
    this.#dropHeld();
    this.#recordEnd('link', 'rst');
    this.#isCut = true;
    this.socket.resetAndDestroy();
    this.destroy(resetError());
  }

  /** Takes bytes of the client; answers whether there may be more. */
  #enter(bytes: Buffer): boolean {
    if (this.#isCut) {
      this.#recorder?.lost('client', bytes.length);
    } else if (this.#phase === 'passing') {
      if (this.#recorder) {
        const now = performance.now();
        this.#recorder.crossed('client', [bytes], now, now);
      }
      this.#deliver(bytes);
    } else {
      this.#held.add(bytes);
      this.#examine();
    }
    return !this.#isHeldBack;
  }

  /** Passes bytes on to the server. */
  #deliver(bytes: Buffer): void {
    // To a reader that waits, a Readable would hand them over just so, after more bookkeeping (measured: 2 % of an echo).
    if (this.readableFlowing === true && this.readableLength === 0) this.emit('data', bytes);
    else this.#isHeldBack = !this.push(bytes);
  }

  /** Decides over the held bytes, if there are enough of them. */
  #examine(): void {
    if (this.#held.byteCount === 0) return;
    const bytes = this.#held.join();
    if (this.#phase === 'awaiting request') {
      const target = peekRequestTarget(bytes);
      if (target === undefined && this.#held.byteCount <= this.#maxHeadBytes) return;
      if (target !== undefined) this.#recorder ??= this.#keeper.recorderFor(this, target);
      if (
        !this.#recorder ||
        this.#recorder.conditions.upgrade === 'pass' ||
        !this.#keeper.isService(target ?? '')
      ) {
        this.#release();
        return;
      }
      this.#phase = 'holding head';
    }
    const length = headLength(bytes);
    if (length === undefined && this.#held.byteCount <= this.#maxHeadBytes) return;
    this.#passHead(bytes, length ?? 0);
  }

  /** The head is whole: does to it what the conditions say, and passes everything on from here. */
  #passHead(bytes: Buffer, length: number): void {
    const head = bytes.subarray(0, length);
    const recorder = this.#recorder;
    if (!recorder || !asksForUpgrade(head)) {
      this.#release();
      return;
    }
    if (recorder.conditions.upgrade === 'refuse') {
      this.#refuse(recorder);
      return;
    }
    const became = Buffer.concat([stripUpgrade(head), bytes.subarray(length)]);
    const at = this.#held.heldSince;
    this.#letGo();
    recorder.intervened('client', bytes, { at, due: performance.now(), became });
    this.#deliver(became);
  }

  /** Answers in the server's place, and ends the connection. The request never arrives. */
  #refuse(recorder: Recorder): void {
    const answer = refusalByMiddlebox();
    this.#dropHeld();
    const now = performance.now();
    recorder.intervened('server', answer, { at: now, due: now, by: 'link' });
    this.socket.write(answer);
    this.cutWithFin();
  }

  /** Passes the held bytes on as they came, and all that follow. */
  #release(): void {
    const held = this.#letGo();
    for (const { bytes, at } of held) {
      this.#recorder?.crossed('client', [bytes], at, performance.now());
      this.#deliver(bytes);
    }
  }

  /** The held bytes will never arrive. */
  #dropHeld(): void {
    for (const { bytes, at } of this.#letGo()) {
      this.#recorder?.intervened('client', bytes, { at });
      this.#recorder?.lost('client', bytes.length);
    }
  }

  #letGo(): HeldChunk[] {
    this.#phase = 'passing';
    return this.#held.take();
  }

  #clientFinished(): void {
    if (this.#clientEnded) return;
    if (this.#phase === 'holding head') this.#dropHeld();
    else this.#release();
    this.#recordEnd('client', 'fin');
    this.#clientEnded = true;
    if (!this.#isCut) this.push(null);
  }

  #drained(): void {
    const whenDrained = this.#whenDrained;
    this.#whenDrained = undefined;
    whenDrained?.();
  }

  /** Records an end unless the connection is over, or that side has ended before. */
  #recordEnd(by: 'client' | 'server' | 'link', how: 'fin' | 'rst'): void {
    const hasEnded = by === 'client' ? this.#clientEnded : this.#serverEnded || this.#isCut;
    if (hasEnded && how === 'fin') return;
    if (this.#clientEnded && this.#serverEnded) return;
    this.#recorder?.end(by, how);
    if (by !== 'client') this.#serverEnded = true;
    if (how === 'rst') this.#clientEnded = this.#serverEnded = true;
  }

  /** Records what the server wrote at once, and sends it. */
  #send(parts: readonly Uint8Array[], callback: (error?: Error | null) => void): void {
    const recorder = this.#recorder;
    if (this.#isCut) {
      for (const part of parts) recorder?.lost('server', part.length);
      callback();
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
    this.socket._read(0);
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, callback: (error?: Error | null) => void): void {
    this.#send([bytes], callback);
  }

  // ws writes a frame as header and payload.
  override _writev(
    chunks: { chunk: Buffer; encoding: BufferEncoding }[],
    callback: (error?: Error | null) => void,
  ): void {
    const parts: Buffer[] = [];
    let length = 0;
    for (const { chunk } of chunks) {
      parts.push(chunk);
      length += chunk.length;
    }
    if (length <= smallPiece) {
      this.#send([Buffer.concat(parts, length)], callback);
      return;
    }
    this.socket.cork();
    this.#send(parts, callback);
    this.socket.uncork();
  }

  override _final(callback: (error?: Error | null) => void): void {
    this.#recordEnd('server', 'fin');
    if (this.#isCut || this.socket.destroyed) callback();
    else this.socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#isCut) {
      // The link's own last words may still be on their way.
      this.socket.destroySoon();
    } else if (!this.#serverEnded && !this.socket.destroyed && this.#leavesUnread) {
      this.#recordEnd('server', 'rst');
      this.socket.resetAndDestroy();
    } else {
      this.#recordEnd('server', 'fin');
      this.socket.destroy();
    }
    this.#recorder?.close();
    this.#drained();
    callback(error);
  }

  /** Whether bytes of the client were not read: closing then is an RST (RFC 1122 §4.2.2.13). */
  get #leavesUnread(): boolean {
    return this.readableLength > 0 || this.#isHeldBack;
  }
}
