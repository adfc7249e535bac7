import { once } from 'node:events';
import { createServer } from 'node:net';

/** How many ports are tried. */
const attempts = 100;

/** The first port from `from` on that nobody listens on at the loopback address. Throws where none is free. */
export async function freePort(from: number): Promise<number> {
  for (let port = from; port < from + attempts; port++) {
    if (await isFree(port)) return port;
  }
  throw new Error(`The ports ${String(from)} to ${String(from + attempts - 1)} are all taken.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen({ port, host: '127.0.0.1' });
  try {
    await once(server, 'listening');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return false;
    throw error;
  }
  server.close();
  await once(server, 'close');
  return true;
}
