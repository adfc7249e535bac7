import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { openLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs, type WsClient } from '../../support/ws-client.ts';

/** A program that answers questions; what else it hears is kept. */
function answering({ socket }: WsClient): string[] {
  const other: string[] = [];
  socket.on('message', (message: Buffer) => {
    const text = message.toString();
    if (text.includes('"ping"')) socket.send(text.replace('ping', 'pong'));
    else other.push(text);
  });
  return other;
}

describe('WS /labs/<id>/echo?ask', () => {
  it('asks the program, and ends a connection whose program is silent while its WebSocket code answers pings', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const living = await connectWs(sandbox, lab.path('echo?ask=50'));
    const other = answering(living);
    const frozen = await connectWs(sandbox, lab.path('echo?ask=50&heartbeat=50'));
    let pings = 0;
    frozen.socket.on('ping', () => pings++);
    expect(await frozen.next()).toBe('{"type":"ping","id":1}');
    expect((await frozen.closed).code).toBe(1006);
    expect(pings).toBeGreaterThan(0);
    living.socket.send('still an echo');
    expect(await waitFor('an echo', () => other[0])).toBe('still an echo');
    expect(living.socket.readyState).toBe(living.socket.OPEN);
  });

  it('takes no answer for another question, and sends it back like any message', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo?ask=200'));
    client.socket.send('{"type":"pong","id":7}');
    expect(await client.next()).toBe('{"type":"pong","id":7}');
    await client.next();
    client.socket.send('{"type":"pong","id":7}');
    expect(await client.next()).toBe('{"type":"pong","id":7}');
    expect((await client.closed).code).toBe(1006);
  });

  it('ends a connection whose questions and answers are lost on the way', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo?ask=50'));
    answering(client);
    await client.next();
    await lab.call('PATCH', 'conditions', { dropMessages: 1 });
    expect((await client.closed).code).toBe(1006);
  });
});

/** Hundredths of a second until the kernel's next probe on the server's end of a connection; proc(5), `/proc/net/tcp`. */
async function nextProbe({ socket }: { socket: WebSocket }): Promise<number | undefined> {
  const { localPort = 0 } = (socket as unknown as { _socket: Socket })._socket;
  const remote = `:${localPort.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = (await readFile('/proc/net/tcp', 'utf8')).split('\n').map((line) => line.trim().split(/\s+/));
  const [timer, when] = lines.find((fields) => fields[2]?.endsWith(remote))?.[5]?.split(':') ?? [];
  // Timer 02 is that of TCP's keep-alive.
  return timer === '02' && when !== undefined ? Number.parseInt(when, 16) : undefined;
}

describe.runIf(process.platform === 'linux')('WS /labs/<id>/echo?keepalive', () => {
  it('has the kernel probe the connection so often, and not once a minute as all others', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const plain = await connectWs(sandbox, lab.path('echo'));
    const kept = await connectWs(sandbox, lab.path('echo?keepalive=2000'));
    expect(await waitFor('a probe to be due', () => nextProbe(plain))).toBeGreaterThan(1000);
    expect(await waitFor('a probe to be due', () => nextProbe(kept))).toBeLessThanOrEqual(200);
  });
});
