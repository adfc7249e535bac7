import { connect, type Socket } from 'node:net';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { refusalResponse } from '../errors.ts';
import type { Attribution } from '../lab/attribution.ts';
import type { Lab } from '../lab/lab.ts';
import type { Limits } from '../limits.ts';
import { Link } from '../link/link.ts';
import { CachingProxy, type Destination } from '../proxy/caching-proxy.ts';
import { connectToSelf } from '../proxy/one-connection.ts';
import { refuse } from '../refusals.ts';
import { parseRawOptions } from './raw-options.ts';
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
  limits: Limits;
}

/** The client of a bridge, and the lab that it belongs to. */
interface Rider {
  lab: Lab;
  clientAddress: string | undefined;
}

/**
 * Bytes to and from a fresh TCP connection to this very sandbox, for what a browser's WebSocket cannot send. A message
 * is bytes as they are; a text message is its UTF-8. When the connection ends, the bridge closes with 1000 and tells
 * how: `fin` or `rst`. Where it is asked for, the bytes pass the naive caching proxy of the lab on their way.
 */
export function createRaw(surroundings: RawSurroundings): Service {
  const { limits } = surroundings;
  const proxies = new WeakMap<Lab, CachingProxy>();
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => false,
  });
  return {
    door: 'own pages',
    upgrade({ request, link, head, lab, query }) {
      const parsed = parseRawOptions(query);
      if (!parsed.ok) throw refuse.fieldRefused(parsed.field, parsed.message);
      const { viaProxyTo, emptyCache } = parsed.value;
      const count = lab.reserveBridge();
      server.handleUpgrade(request, link, head, (socket) => {
        count(socket);
        const rider = { lab, clientAddress: link.remoteAddress };
        if (viaProxyTo === undefined) {
          bridge(socket, dial(surroundings, rider, null), limits.maxBufferedBytes);
          return;
        }
        const proxy = proxies.get(lab) ?? new CachingProxy(limits);
        proxies.set(lab, proxy);
        if (emptyCache) proxy.cache.clear();
        bridge(socket, dialProxy(surroundings, rider, proxy, viaProxyTo), limits.maxBufferedBytes);
      });
    },
  };
}

/** Connects to the sandbox's listener. The connection is recorded in the lab from its first byte, under this path. */
function dial({ listener, attribution }: RawSurroundings, rider: Rider, path: string | null): Socket {
  const { host, port } = listener();
  const inner = connect({ host, port, allowHalfOpen: true, noDelay: true });
  inner.once('connect', () => {
    const over = attribution.expectBridged(inner.localAddress, inner.localPort, { ...rider, path });
    inner.once('close', over);
  });
  return inner;
}

/** Connects to the lab's proxy. Both its connections are recorded: this one, and the one to the sandbox's listener. */
function dialProxy(
  surroundings: RawSurroundings,
  rider: Rider,
  proxy: CachingProxy,
  destination: Destination,
): Socket {
  const { listener, attribution, limits } = surroundings;
  return connectToSelf(listener().host, (accepted) => {
    const client = new Link(accepted, attribution, limits.maxHeaderBytes);
    client.remoteAddress = rider.clientAddress;
    const connection = rider.lab.openConnection(client, null);
    if (connection.refusal) {
      client.on('error', () => undefined);
      client.resume();
      client.end(refusalResponse(connection.refusal));
    } else {
      proxy.carry({ client, destination, dial: (target) => dial(surroundings, rider, target) });
    }
    client.record(connection);
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
