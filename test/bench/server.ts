import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { defaultLimits, type Limits } from '../../sandbox-server/limits.ts';
import { startSandbox } from '../../sandbox-server/sandbox.ts';

/** Plain ws, the sandbox as it is, or with room for a crowd. */
export type ServerKind = 'plain' | 'sandbox' | 'crowd';

/** What the process that measures may ask of this one. */
export type ServerRequest = 'cpu' | 'memory';

/**
 * What this process tells: where it listens; the CPU time that it has used so far, in microseconds; the memory that it
 * holds on to, in bytes.
 */
export type ServerAnswer = { port: number } | { cpuMicroseconds: number } | { memoryBytes: number };

const tell = (answer: ServerAnswer): void => {
  process.send?.(answer);
};

/** The same echo behind Node's HTTP server as it is: what the sandbox is measured against. */
async function servePlainWs(): Promise<number> {
  const http = createServer();
  const server = new WebSocketServer({
    server: http,
    clientTracking: false,
    maxPayload: defaultLimits.maxMessageBytes,
    perMessageDeflate: false,
  });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (message, isBinary) => {
      socket.send(message, { binary: isBinary });
    });
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  return (http.address() as AddressInfo).port;
}

/** For a crowd of labs of one address, each with its connections. */
const crowdLimits: Limits = {
  ...defaultLimits,
  maxLabsPerAddress: 1000,
  maxNewLabsPerMinute: 10_000,
  maxConnections: 10_000,
};

async function serveSandbox(limits: Limits): Promise<number> {
  return (await startSandbox({ port: 0, logLevel: 'error', limits })).port;
}

const servers: Record<ServerKind, () => Promise<number>> = {
  plain: servePlainWs,
  sandbox: () => serveSandbox(defaultLimits),
  crowd: () => serveSandbox(crowdLimits),
};
tell({ port: await servers[process.argv[2] as ServerKind]() });
const answers: Record<ServerRequest, () => ServerAnswer> = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return { cpuMicroseconds: user + system };
  },
  memory: () => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return { memoryBytes: heapUsed + external };
  },
};
process.on('message', (request: ServerRequest) => {
  tell(answers[request]());
});
process.on('disconnect', () => process.exit(0));
