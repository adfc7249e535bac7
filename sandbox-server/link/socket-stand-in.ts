import type { AddressInfo, Socket } from 'node:net';
import { Duplex } from 'node:stream';

/**
 * A stream that stands in for a socket: it answers what Node's HTTP server, Fastify and ws ask of one beside reading
 * and writing. Bytes are not its business.
 */
export abstract class SocketStandIn extends Duplex {
  /** The client's address; for a connection of the raw bridge, that of the bridge's client. */
  remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly remoteFamily: string | undefined;
  protected readonly socket: Socket;

  constructor(socket: Socket) {
    super({ allowHalfOpen: true });
    this.socket = socket;
    this.remoteAddress = socket.remoteAddress;
    this.remotePort = socket.remotePort;
    this.remoteFamily = socket.remoteFamily;
    socket.on('timeout', () => this.emit('timeout'));
  }

  /** Ends, and frees the connection once everything is sent (`net.Socket.destroySoon`). */
  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  setTimeout(milliseconds: number, callback?: () => void): this {
    this.socket.setTimeout(milliseconds);
    if (callback) this.once('timeout', callback);
    return this;
  }

  setNoDelay(noDelay?: boolean): this {
    this.socket.setNoDelay(noDelay);
    return this;
  }

  setKeepAlive(enable?: boolean, initialDelayMs?: number): this {
    this.socket.setKeepAlive(enable, initialDelayMs);
    return this;
  }

  ref(): this {
    this.socket.ref();
    return this;
  }

  unref(): this {
    this.socket.unref();
    return this;
  }

  address(): AddressInfo | object {
    return this.socket.address();
  }

  get localAddress(): string | undefined {
    return this.socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.socket.localPort;
  }

  get bytesRead(): number {
    return this.socket.bytesRead;
  }

  get bytesWritten(): number {
    return this.socket.bytesWritten;
  }
}
