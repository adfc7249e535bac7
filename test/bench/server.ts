import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { defaultLimits } from '../../sandbox-server/limits.ts';
import { startSandbox } from '../../sandbox-server/sandbox.ts';

/** What the process that measures may ask of this one. */
export type ServerRequest = 'cpu';

/** What this process tells: where it listens, or the CPU time that it has used so far, in microseconds. */
export type ServerAnswer = { port: number } | { cpuMicroseconds: number };

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

const kind = process.argv[2];
tell({
  port: kind === 'plain' ? await servePlainWs() : (await startSandbox({ port: 0, logLevel: 'error' })).port,
});
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  tell({ cpuMicroseconds: user + system });
});
process.on('disconnect', () => process.exit(0));
