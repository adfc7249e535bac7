import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { pino } from 'pino';
import type { FastifyBaseLogger } from 'fastify';
import { refusalResponse } from './errors.ts';
import { createApp } from './http/app.ts';
import { Attribution } from './lab/attribution.ts';
import { LabRegistry } from './lab/lab-registry.ts';
import { Link } from './link/link.ts';
import { defaultOptions, type SandboxOptions } from './options.ts';
import { refuse } from './refusals.ts';
import { servedNames } from './served-names.ts';
import { createServices, servicePaths } from './services/all-services.ts';

/** A sandbox that accepts connections. */
export interface Sandbox {
  /** Where it is: `http://127.0.0.1:4321`. */
  origin: string;
  port: number;
  /** Labs, connections and log memory in use now. */
  readonly usage: SandboxUsage;
  /** Accepts no more, tells every open WebSocket 1001, and ends what has not ended by itself after a while. */
  close(): Promise<void>;
}

/** What a sandbox has in use. */
export interface SandboxUsage {
  labs: number;
  /** TCP connections of every kind. */
  connections: number;
  /** Memory of all wire logs, in bytes. */
  logBytes: number;
}

/** Connections over the bound that are told so at once; ones beyond are ended without a word. */
const maxTurnedAway = 100;

/** Starts a sandbox; what is not given is as in `defaultOptions`. Throws the listener's error where it cannot listen. */
export async function startSandbox(given: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const options: SandboxOptions = { ...defaultOptions, ...given };
  const { limits } = options;
  const log: FastifyBaseLogger = pino({ level: options.logLevel }, pino.destination(2));
  const labs = new LabRegistry(limits, servicePaths);
  const attribution = new Attribution(labs);
  const sockets = new Set<Socket>();

  const listener = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
  });
  const boundTo = (): AddressInfo => listener.address() as AddressInfo;
  const services = createServices({ listener: () => dialable(boundTo()), attribution, limits });
  const app = await createApp({
    labs,
    attribution,
    services,
    limits,
    log,
    site: options.site,
    keeper: {
      servesName: servedNames(options.host, options.allowHosts),
      allowedOrigins: new Set(options.allowOrigins),
    },
    connectionCount: () => sockets.size,
    listener: () => dialable(boundTo()),
  });

  listener.on('connection', (socket) => {
    if (sockets.size >= limits.maxConnections) {
      turnAway(socket, sockets.size >= limits.maxConnections + maxTurnedAway);
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (sockets.size > limits.maxConnections) return;
    const link = new Link(socket, attribution, limits.maxHeaderBytes);
    app.serve(link);
    attribution.accepted(link);
  });
  listener.listen({ port: options.port, host: options.host });
  await once(listener, 'listening');
  const { host, port } = dialable(boundTo());

  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const closed = once(listener, 'close');
    listener.close();
    labs.endAll(1001, 'the sandbox is stopping');
    app.closeIdle();
    const deadline = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, limits.drainSeconds * 1000);
    await closed;
    clearTimeout(deadline);
    // The listener is closed when its last connection is gone, which those hear of a little later.
    await Promise.all([...sockets].map((socket) => once(socket, 'close')));
    await app.close();
  };
  return {
    origin: `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`,
    port,
    get usage() {
      return { labs: labs.labCount, connections: sockets.size, logBytes: labs.logBytes };
    },
    close: () => (closing ??= close()),
  };
}

/** An address at which a listener on this machine can be reached: a wildcard is no place to connect to. */
function dialable({ address, port }: AddressInfo): { host: string; port: number } {
  const wildcards: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };
  return { host: wildcards[address] ?? address, port };
}

function turnAway(socket: Socket, atOnce: boolean): void {
  socket.on('error', () => undefined);
  if (atOnce) {
    socket.destroy();
    return;
  }
  // Read on, and for a moment only: unread bytes would turn the answer's end into a reset.
  socket.resume();
  socket.end(refusalResponse(refuse.tooManyConnections()));
  socket.setTimeout(1000, () => socket.destroy());
}
