import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

const pathOf = (sample: string): string =>
  fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));

const running = new Set<ChildProcess>();
const servers = new Set<WebSocketServer>();

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  for (const server of servers) server.close();
  running.clear();
  servers.clear();
});

/** A program that was started, and what it has printed so far. */
function start(sample: string, ...args: string[]) {
  const child = spawn(process.execPath, [pathOf(sample), ...args]);
  running.add(child);
  const printed = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
  const said = async (what: RegExp): Promise<RegExpMatchArray> => {
    for (;;) {
      const match = what.exec(printed.out);
      if (match) return match;
      await once(child.stdout, 'data');
    }
  };
  return { child, printed, said };
}

/** A server that ends every connection with a code as soon as it is open; counts them. */
async function unfriendly(code: number): Promise<{ address: string; opened: () => number }> {
  const server = new WebSocketServer({ port: 0 });
  servers.add(server);
  let opened = 0;
  server.on('connection', (socket) => {
    opened++;
    socket.close(code);
  });
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return { address: `ws://127.0.0.1:${String(port)}`, opened: () => opened };
}

describe('found-reconnect.mjs', () => {
  it('fails inside its own handler, and never comes back', async () => {
    const { address, opened } = await unfriendly(1012);
    const { child, printed } = start('found-reconnect.mjs', address);
    const [code] = (await once(child, 'close')) as [number | null];
    expect(printed.err).toContain('ReferenceError: retries is not defined');
    expect([code, opened()]).toEqual([1, 1]);
  });
});

describe('stubborn-reconnect.mjs', () => {
  it('comes back for ever, also where it was told to stay away', async () => {
    const { address, opened } = await unfriendly(1008);
    const { said } = start('stubborn-reconnect.mjs', address, '1');
    await said(/(closed with 1008, trying again\s+[^]*){5}/);
    expect(opened()).toBeGreaterThanOrEqual(5);
  });
});

// Windows knows no SIGTERM that a program could hear.
describe.skipIf(process.platform === 'win32')('drain.mjs', () => {
  it('takes nobody in, closes all with 1012 at times of their own, and ends', async () => {
    const { child, printed, said } = start('drain.mjs', '0', '200');
    const [address] = await said(/ws:\S+/);
    const clients = Array.from({ length: 10 }, () => new WebSocket(address));
    await Promise.all(clients.map((client) => once(client, 'open')));
    const closes = clients.map(async (client) => {
      const [code] = (await once(client, 'close')) as [number];
      return { code, at: performance.now() };
    });
    child.kill('SIGTERM');
    await said(/draining 10/);
    const late = new WebSocket(address);
    await once(late, 'error');
    const ends = await Promise.all(closes);
    expect(ends.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => 1012));
    const [code] = (await once(child, 'close')) as [number | null];
    expect(code).toBe(0);
    expect(printed.out).toContain('drained');
    expect(new Set(ends.map(({ at }) => Math.round(at / 20))).size).toBeGreaterThan(1);
  });
});
