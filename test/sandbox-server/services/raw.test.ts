import { createServer } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bytesOf, openLab } from '../../support/open-lab.ts';
import { hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs, refusedUpgrade, type WsClient } from '../../support/ws-client.ts';

/** Everything that comes over a bridge until it closes. */
async function readAll({ socket, closed }: WsClient): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('message', (message: Buffer) => chunks.push(message));
  await closed;
  return Buffer.concat(chunks).toString();
}

describe('WS /labs/<id>/raw', () => {
  it('carries a handshake that is typed by hand, and records it as a connection of the lab', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    const request = openingRequest(lab.path('echo'), hostOf(sandbox));
    bridge.socket.send(Buffer.from(request));
    const answer = await bridge.next();
    expect(answer).toContain('HTTP/1.1 101 Switching Protocols');
    expect(answer).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    const log = await lab.log();
    expect(log[0]).toMatchObject({ type: 'open', conn: 1, path: null });
    expect(bytesOf(log, 'client').toString()).toBe(request);
    expect(bytesOf(log, 'server').toString()).toBe(answer);
    expect((await lab.status()).connections).toMatchObject([{ conn: 1, path: null }]);
  });

  it.each([
    ['garbage', 'what is this\r\n\r\n', '400'],
    ['bytes that are no text', Buffer.from([0x16, 3, 1, 0, 0xff]), '400'],
    [
      'the path of something else',
      'GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      '200',
    ],
    ['HTTP/1.0', 'GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n', '200'],
    ['an unfinished line', 'GET /', undefined],
  ])('records %s from its first byte', async (_, bytes, status) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(bytes);
    if (status !== undefined) expect(await readAll(bridge)).toContain(`HTTP/1.1 ${status} `);
    const log = await lab.logUntil((events) => bytesOf(events, 'client').length > 0);
    expect(bytesOf(log, 'client').equals(Buffer.from(bytes))).toBe(true);
  });

  it('takes a text message for its UTF-8', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send('grüße');
    const log = await lab.logUntil((events) => bytesOf(events, 'client').length > 0);
    expect(bytesOf(log, 'client').toString('hex')).toBe(Buffer.from('grüße').toString('hex'));
  });

  it('closes with 1000 and tells how the connection ended: fin', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(`GET ${lab.path('echo')} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
    expect(await bridge.next()).toContain('426');
    expect(await bridge.closed).toEqual({ code: 1000, reason: 'fin' });
  });

  it('closes with 1000 and tells how the connection ended: rst', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    await lab.call('POST', 'cut', { how: 'rst' });
    expect(await bridge.closed).toEqual({ code: 1000, reason: 'rst' });
  });

  it('ends the connection when the bridge closes', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    bridge.socket.close(1000);
    const log = await lab.logUntil((events) => events.some(({ type }) => type === 'end'));
    expect(log.find(({ type }) => type === 'end')).toMatchObject({ conn: 1, by: 'client', how: 'fin' });
    await waitFor('the connection to end', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
  });

  it('never leaves the sandbox, whatever Host and target say', async () => {
    const elsewhere = createServer();
    let visits = 0;
    elsewhere.on('connection', (socket) => {
      visits++;
      socket.destroy();
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    onTestFinished(() => {
      elsewhere.close();
    });
    const target = `127.0.0.1:${String((elsewhere.address() as AddressInfo).port)}`;
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const answers: string[] = [];
    for (const request of [
      `GET / HTTP/1.1\r\nHost: ${target}\r\nConnection: close\r\n\r\n`,
      `GET http://${target}/ HTTP/1.1\r\nHost: ${target}\r\nConnection: close\r\n\r\n`,
      `GET http://evil.example/ HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\nConnection: close\r\n\r\n`,
      `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`,
    ]) {
      const bridge = await connectWs(sandbox, lab.path('raw'));
      bridge.socket.send(request);
      answers.push((await readAll(bridge)).split('\r\n')[0] ?? '');
    }
    expect(visits).toBe(0);
    expect(answers).toEqual([
      'HTTP/1.1 503 Service Unavailable',
      'HTTP/1.1 503 Service Unavailable',
      'HTTP/1.1 421 Misdirected Request',
      'HTTP/1.1 405 Method Not Allowed',
    ]);
  });

  it('refuses pages of another origin: none may ride it', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const origin of ['http://evil.example', 'null']) {
      const refusal = await refusedUpgrade(sandbox, lab.path('raw'), { origin });
      expect(refusal.status).toBe(403);
      expect(refusal.body).toContain('foreign-origin');
    }
    await connectWs(sandbox, lab.path('raw'), { origin: sandbox.origin });
  });

  it('bounds the bridges of a lab, and counts them down again', async () => {
    const sandbox = await startSandbox({ limits: { maxRawBridgesPerLab: 2 } });
    const lab = await openLab(sandbox);
    const [first] = [await connectWs(sandbox, lab.path('raw')), await connectWs(sandbox, lab.path('raw'))];
    const refusal = await refusedUpgrade(sandbox, lab.path('raw'));
    expect(refusal.status).toBe(429);
    expect(refusal.headers['retry-after']).toBe('1');
    expect(refusal.body).toContain('too-many-raw-bridges');
    first.socket.close();
    await first.closed;
    await waitFor('room for another', async () =>
      (await lab.status()).connections.length < 2 ? true : undefined,
    );
    await connectWs(sandbox, lab.path('raw'));
  });

  it('carries much in both directions, in order and whole, at the pace of the slower', async () => {
    const sandbox = await startSandbox({ limits: { maxBufferedBytes: 32 * 1024 } });
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    const payload = Buffer.alloc(60_000).map((_, index) => index);
    const frame = Buffer.concat([
      Buffer.from([0x82, 0xfe, payload.length >> 8, payload.length & 0xff, 0, 0, 0, 0]),
      payload,
    ]);
    const count = 100;
    const chunks: Buffer[] = [];
    bridge.socket.on('message', (bytes: Buffer) => chunks.push(bytes));
    for (let index = 0; index < count; index++) bridge.socket.send(frame);
    const echo = Buffer.concat([
      Buffer.from([0x82, 126, payload.length >> 8, payload.length & 0xff]),
      payload,
    ]);
    await waitFor('all echoes', () =>
      chunks.reduce((sum, { length }) => sum + length, 0) >= echo.length * count ? true : undefined,
    );
    expect(Buffer.concat(chunks).equals(Buffer.concat(Array.from({ length: count }, () => echo)))).toBe(true);
  });

  it('counts what it does on the account of its own client, not of the sandbox', async () => {
    const sandbox = await startSandbox({ limits: { maxLabsPerAddress: 2 } });
    const lab = await openLab(sandbox);
    const create = 'POST /labs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';
    const statuses: string[] = [];
    for (let index = 0; index < 2; index++) {
      const bridge = await connectWs(sandbox, lab.path('raw'));
      bridge.socket.send(create);
      statuses.push((await readAll(bridge)).slice(9, 12));
    }
    expect(statuses).toEqual(['201', '429']);
  });
});
