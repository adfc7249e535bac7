import { connect, type Socket } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Attribution } from '../lab/attribution.ts';
import type { Lab } from '../lab/lab.ts';
import type { Limits } from '../limits.ts';
import type { Service } from './service.ts';

/** Where the sandbox itself listens. */
export interface ListenerAddress {
  host: string;
  port: number;
}

/** What a raw bridge needs to know. */
export interface RawSurroundings {
  /** This sandbox's own listener; a bridge leads nowhere else, whatever is sent through it. */
  listener: () => ListenerAddress;
  attribution: Attribution;
  limits: Pick<Limits, 'maxMessageBytes' | 'maxBufferedBytes'>;
}

/**
 * Bytes to and from a fresh TCP connection to this very sandbox, for what a browser's WebSocket cannot send. A message
 * is bytes as they are; a text message is its UTF-8. When the connection ends, the bridge closes with 1000 and tells
 * how: `fin` or `rst`.
 */
export function createRaw({ listener, attribution, limits }: RawSurroundings): Service {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => false,
  });
  return {
    door: 'own pages',
    upgrade({ request, link, head, lab }) {
      const count = lab.reserveBridge();
      server.handleUpgrade(request, link, head, (socket) => {
        count(socket);
        const target = listener();
        const inner = connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true });
        claim(inner, attribution, lab, link.remoteAddress);
        bridge(socket, inner, limits.maxBufferedBytes);
      });
    },
  };
}

/** Has the connection recorded in the lab from its first byte. */
function claim(inner: Socket, attribution: Attribution, lab: Lab, clientAddress: string | undefined): void {
  inner.once('connect', () => {
    const over = attribution.expectBridged(inner.localAddress, inner.localPort, { lab, clientAddress });
    inner.once('close', over);
  });
}

function bridge(socket: WebSocket, inner: Socket, maxBufferedBytes: number): void {
  let ending = 'fin';
  socket.on('error', () => undefined);
  // Nothing may be sent before the connection is known to be the lab's.
  socket.pause();
  inner.once('connect', () => {
    socket.resume();
  });

  socket.on('message', (message) => {
    if (inner.writable && !inner.write(bytesOf(message))) socket.pause();
  });
  inner.on('drain', () => {
    socket.resume();
  });
  inner.on('data', (bytes) => {
    if (socket.bufferedAmount < maxBufferedBytes) {
      socket.send(bytes, { binary: true });
      return;
    }
    inner.pause();
    socket.send(bytes, { binary: true }, () => {
      inner.resume();
    });
  });

  inner.once('end', () => {
    inner.end();
  });
  inner.once('error', () => {
    ending = 'rst';
  });
  inner.once('close', () => {
    // A bridge that stands still cannot read the answer to its Close.
    socket.resume();
    socket.close(1000, ending);
  });
  socket.once('close', () => {
    inner.destroySoon();
  });
}

const bytesOf = (message: RawData): Uint8Array =>
  Array.isArray(message)
    ? Buffer.concat(message)
    : message instanceof ArrayBuffer
      ? new Uint8Array(message)
      : message;
