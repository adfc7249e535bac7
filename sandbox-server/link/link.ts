import type { Socket } from 'node:net';
import { refusalByMiddlebox } from './faults/upgrade.ts';
import { Ends } from './ends.ts';
import { FrozenSide } from './faults/freeze.ts';
import { HeadGate } from './head-gate.ts';
import { takeBytes } from './intake.ts';
import type { Recorder, RecordKeeper } from './recorder.ts';
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
  #recorder: Recorder | undefined;
  #whenDrained: ((error?: Error | null) => void) | undefined;
  readonly #ends = new Ends();
  /** The server reads too slowly, and the client is read no further. */
  #isHeldBack = false;
  /** The link itself has ended the connection: what still comes from either side is lost. */
  #isCut = false;
  /** What either side has sent since its direction was frozen, and how it has tried to end the connection since. */
  readonly #frozen = { client: new FrozenSide('client'), server: new FrozenSide('server') };

  constructor(socket: Socket, keeper: RecordKeeper, maxHeadBytes: number) {
    super(socket);
    this.#gate = this.#makeGate(keeper, maxHeadBytes);
    takeBytes(socket, (bytes) => this.#enter(bytes));
    socket.on('end', () => {
      this.#clientFinished();
    });
    socket.on('drain', () => {
      this.#drained();
    });
    socket.on('error', (error) => {
      if (this.#frozen.client.isFrozen) this.#frozen.client.heldEnd = 'rst';
      this.#recordEnd('client', 'rst');
      if (!this.#frozen.client.isFrozen) this.destroy(error);
    });
    socket.on('close', () => {
      // The server is not told what it cannot have heard of.
      if (this.#frozen.client.isFrozen && !this.destroyed) return;
      // After two FINs the stream ends by itself, once its reader has taken what arrived before.
      if (!this.#ends.both) this.destroy();
      if (this.destroyed) this.#recorder?.close();
    });
  }

  /** Who keeps its record, if anybody. */
  get recorder(): Recorder | undefined {
    return this.#recorder;
  }

  /** Records this connection from its first byte on, whatever it says. */
  record(recorder: Recorder): void {
    this.#recorder = recorder;
    this.conditionsChanged();
    if (recorder.conditions.upgrade === 'pass') this.#gate.open();
    else this.#gate.examine();
  }

  /** Does from now on what the conditions say; what a thaw lets go leaves in the order in which it entered. */
  conditionsChanged(): void {
    const { client, server } = this.#frozen;
    const [hadClient, hadServer] = [client.isFrozen, server.isFrozen];
    const how = this.#recorder?.conditions.frozen ?? 'no';
    client.isFrozen = how === 'client' || how === 'both';
    server.isFrozen = how === 'server' || how === 'both';
    if (hadClient && !client.isFrozen) this.#thawClient();
    if (hadServer && !server.isFrozen) this.#thawServer();
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

  /** The answer to a request is complete: the next request decides anew whether it is one to record. */
  awaitRequest(): void {
    if (!this.#recorder && this.#gate.isOpen) this.#gate.awaitRequest();
  }

  /** Ends the connection as a middlebox may: FIN to the client, an end of the stream to the server. */
  cutWithFin(): void {
    if (this.#isCut || this.destroyed) return;
    this.#dropHeld();
    this.#dropFrozen();
    this.#recordEnd('link', 'fin');
    this.#isCut = true;
    this.socket.end();
    this.#drained();
    if (!this.#ends.client) this.push(null);
  }

  /** Ends the connection as a middlebox may that has lost its table: RST to both. */
  cutWithReset(): void {
    if (this.destroyed) return;
    this.#dropHeld();
    this.#dropFrozen();
    this.#recordEnd('link', 'rst');
    this.#isCut = true;
    this.socket.resetAndDestroy();
    this.destroy(resetError());
  }

  /** Takes bytes of the client; answers whether there may be more. */
  #enter(bytes: Buffer): boolean {
    if (this.#isCut) {
      this.#recorder?.lost('client', bytes.length);
    } else if (this.#gate.isOpen) {
      const now = performance.now();
      this.#pass(bytes, now, now);
    } else {
      this.#gate.add(bytes);
    }
    return !this.#isHeldBack && this.#frozen.client.hasRoom;
  }

  /** Passes on bytes that entered at `at`, now, and records them; or holds them, where the client is frozen. */
  #pass(bytes: Buffer, at: number, now: number): void {
    const { client } = this.#frozen;
    if (client.isFrozen && this.#recorder) {
      client.hold(this.#recorder, bytes, at);
      return;
    }
    this.#recorder?.crossed('client', [bytes], at, now);
    this.#deliver(bytes);
  }

  #thawClient(): void {
    const { client } = this.#frozen;
    client.thaw(this.#recorder, (bytes) => {
      this.#deliver(Buffer.from(bytes));
    });
    const { heldEnd } = client;
    client.heldEnd = 'none';
    if (heldEnd === 'fin') this.push(null);
    else if (heldEnd === 'rst' || this.socket.destroyed) this.destroy(resetError());
    else if (!this.#isHeldBack) this.socket._read(0);
  }

  #thawServer(): void {
    const { server } = this.#frozen;
    // The server has let go of the connection while nobody heard of it: what the client still says is answered so.
    if (this.destroyed) {
      this.socket.resetAndDestroy();
      return;
    }
    server.thaw(this.#recorder, (bytes) => this.socket.write(bytes));
    if (server.heldEnd === 'fin') this.socket.end();
    server.heldEnd = 'none';
    this.#drained();
  }

  /** What the link held of either side will never arrive. */
  #dropFrozen(): void {
    this.#frozen.client.drop(this.#recorder);
    this.#frozen.server.drop(this.#recorder);
  }

  /** Passes bytes on to the server. */
  #deliver(bytes: Buffer): void {
    // To a reader that waits, a Readable would hand them over just so, after more bookkeeping (measured: 2 % of an echo).
    if (this.readableFlowing === true && this.readableLength === 0) this.emit('data', bytes);
    else this.#isHeldBack = !this.push(bytes);
  }

  #makeGate(keeper: RecordKeeper, maxHeadBytes: number): HeadGate {
    return new HeadGate(
      {
        recorderFor: (target) => {
          if (!this.#recorder && target !== undefined) {
            this.#recorder = keeper.recorderFor(this, target);
            this.conditionsChanged();
          }
          return this.#recorder;
        },
        isService: (target) => keeper.isService(target),
        pass: (bytes, at) => {
          this.#pass(bytes, at, performance.now());
        },
        passChanged: (bytes, became, at) => {
          this.#recorder?.intervened('client', bytes, { at, due: performance.now(), became });
          this.#deliver(became);
        },
        refuse: () => {
          this.#refuse();
        },
      },
      maxHeadBytes,
    );
  }

  /** Answers in the server's place, and ends the connection. The request never arrives. */
  #refuse(): void {
    const answer = refusalByMiddlebox();
    this.#dropHeld();
    const now = performance.now();
    this.#recorder?.intervened('server', answer, { at: now, due: now, by: 'link' });
    this.socket.write(answer);
    this.cutWithFin();
  }

  /** The held bytes will never arrive. */
  #dropHeld(): void {
    for (const { bytes, at } of this.#gate.take()) {
      this.#recorder?.intervened('client', bytes, { at });
      this.#recorder?.lost('client', bytes.length);
    }
  }

  #clientFinished(): void {
    if (this.#ends.client) return;
    if (this.#gate.holdsHead) this.#dropHeld();
    else this.#gate.open();
    this.#recordEnd('client', 'fin');
    this.#ends.client = true;
    if (this.#frozen.client.isFrozen) this.#frozen.client.heldEnd = 'fin';
    else if (!this.#isCut) this.push(null);
  }

  #drained(): void {
    const whenDrained = this.#whenDrained;
    this.#whenDrained = undefined;
    whenDrained?.();
  }

  /** Records an end, if it is news. */
  #recordEnd(by: 'client' | 'server' | 'link', how: 'fin' | 'rst'): void {
    if (this.#ends.note(by, how, this.#isCut)) this.#recorder?.end(by, how);
  }

  /** Records what the server wrote at once, and sends it. */
  #send(parts: readonly Uint8Array[], callback: (error?: Error | null) => void): void {
    const recorder = this.#recorder;
    if (this.#isCut) {
      for (const part of parts) recorder?.lost('server', part.length);
      callback();
      return;
    }
    if (recorder && this.#frozen.server.isFrozen) {
      this.#frozen.server.hold(recorder, Buffer.concat(parts), performance.now());
      // The server is held back once there is no more room.
      if (this.#frozen.server.hasRoom) callback();
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
    if (this.#frozen.server.isFrozen) {
      this.#frozen.server.heldEnd = 'fin';
      callback();
    } else if (this.#isCut || this.socket.destroyed) callback();
    else this.socket.end(callback);
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (this.#frozen.server.isFrozen && !this.#isCut && !this.socket.destroyed) {
      this.#letGoUnheard(error, callback);
      return;
    }
    if (this.#isCut) {
      // The link's own last words may still be on their way.
      this.socket.destroySoon();
    } else if (!this.#ends.server && !this.socket.destroyed && this.#leavesUnread) {
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

  /** The server lets go of the connection while it is frozen: the client is told nothing, until a thaw. */
  #letGoUnheard(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#dropFrozen();
    this.#recordEnd('server', this.#leavesUnread ? 'rst' : 'fin');
    this.#drained();
    callback(error);
  }

  /** Whether bytes of the client were not read: closing then is an RST (RFC 1122 §4.2.2.13). */
  get #leavesUnread(): boolean {
    return this.readableLength > 0 || this.#isHeldBack;
  }
}
