import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { freshAddress } from '../../lessons/samples/fresh-address.js';

/** The address of a server that answers each request with this status and, counted, a token. */
async function tokenServer(status: number): Promise<string> {
  let count = 0;
  const server: Server = createServer((request, response) => {
    response.writeHead(status).end(JSON.stringify({ token: `${request.method ?? ''} & ${String(++count)}` }));
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/token`;
}

it('fresh-address.js asks for another token each time, and keeps the rest of the address', async () => {
  const tokens = await tokenServer(201);
  const address = 'wss://example.com/stream?every=50';
  expect(await freshAddress(address, tokens)).toBe(`${address}&token=POST+%26+1`);
  expect(await freshAddress(address, tokens)).toBe(`${address}&token=POST+%26+2`);
});

it('fresh-address.js says the status where there is no token', async () => {
  await expect(freshAddress('wss://example.com/', await tokenServer(503))).rejects.toThrow('no token: 503');
});
