import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { clientFrame } from '../../support/frames.ts';
import { bytesOf, openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { inTime, waitFor } from '../../support/wait-for.ts';
import { connectWs, refusedUpgrade } from '../../support/ws-client.ts';

describe('WS /labs/<id>/echo', () => {
  it('sends text back as text and binary as binary', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('echo'));
    for (const message of ['grüße 👋', '', Buffer.from([0, 255, 128])]) {
      socket.send(message);
      const [received, isBinary] = (await once(socket, 'message')) as [Buffer, boolean];
      expect(isBinary).toBe(typeof message !== 'string');
      expect(received.equals(Buffer.from(message))).toBe(true);
    }
  });

  it('echoes to the client that Node itself brings', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const socket = new globalThis.WebSocket(sandbox.origin.replace('http', 'ws') + lab.path('echo'));
    await once(socket, 'open');
    socket.send('built in');
    const [event] = (await once(socket, 'message')) as [MessageEvent];
    expect(event.data).toBe('built in');
    socket.close(1000);
    const [closed] = (await once(socket, 'close')) as [CloseEvent];
    expect({ code: closed.code, wasClean: closed.wasClean }).toEqual({ code: 1000, wasClean: true });
  });

  it('takes pages of any origin, and a request without Host or of HTTP/1.0', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await connectWs(sandbox, lab.path('echo'), { origin: 'http://evil.example' });
    const request = openingRequest(lab.path('echo'), 'unused', { Host: undefined });
    for (const each of [request, request.replace('HTTP/1.1', 'HTTP/1.0')]) {
      const client = await connectRaw(sandbox);
      client.send(each);
      expect(await client.until('\r\n\r\n')).toContain('HTTP/1.1 101 Switching Protocols\r\n');
    }
  });

  it('picks the first subprotocol of its own that is offered, and none where it speaks none of them', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('echo?subprotocol=b,a'), { protocols: ['a', 'b'] });
    expect(socket.protocol).toBe('b');
    for (const query of ['', '?subprotocol=c']) {
      const client = await connectRaw(sandbox);
      client.send(
        openingRequest(lab.path(`echo${query}`), hostOf(sandbox), { 'Sec-WebSocket-Protocol': 'a, b' }),
      );
      expect(await client.until('\r\n\r\n')).not.toContain('Sec-WebSocket-Protocol');
    }
  });

  it('agrees to permessage-deflate where it is asked to, and only there', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const plain = await connectWs(sandbox, lab.path('echo'), { perMessageDeflate: true });
    expect(plain.socket.extensions).toBe('');
    const deflating = await connectWs(sandbox, lab.path('echo?deflate=1'), { perMessageDeflate: true });
    expect(deflating.socket.extensions).toBe('permessage-deflate');
    const message = 'a'.repeat(5000);
    deflating.socket.send(message);
    expect(await deflating.next()).toBe(message);
    expect(bytesOf(await lab.log(), 'server', 2).length).toBeLessThan(1000);
  });

  it('has both sides forget their windows where it is asked to, and compresses short messages too', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket, next } = await connectWs(sandbox, lab.path('echo?deflate=no-takeover'), {
      perMessageDeflate: true,
    });
    const message = 'abc'.repeat(100);
    socket.send(message);
    expect(await next()).toBe(message);
    const answer = bytesOf(await lab.log(), 'server').toString('latin1');
    expect(answer).toContain('server_no_context_takeover');
    expect(answer).toContain('client_no_context_takeover');
    expect(answer).not.toContain(message);
  });

  it('closes with the code that it is asked for, right after opening', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { closed } = await connectWs(sandbox, lab.path('echo?close=4001'));
    expect(await closed).toEqual({ code: 4001, reason: 'as asked' });
  });

  it.each([
    [401, 'www-authenticate', 'Bearer realm="ws101"'],
    [403, 'content-type', 'application/json; charset=utf-8'],
    [426, 'sec-websocket-version', '13'],
    [426, 'upgrade', 'websocket'],
    [503, 'retry-after', '5'],
    [302, 'location', undefined],
  ])('refuses with %i where it is asked to, with its %s', async (status, name, value) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path(`echo?reject=${String(status)}`));
    expect(refusal.status).toBe(status);
    expect(refusal.headers[name]).toBe(value ?? lab.path('echo'));
    expect(refusal.body).toContain(`?reject=${String(status)} asks for it`);
    expect(bytesOf(await lab.log(), 'server').toString()).toContain(refusal.body);
  });

  it('refuses a query that it cannot read, and names the field', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path('echo?heartbeat=soon'));
    expect(refusal.status).toBe(400);
    expect(JSON.parse(refusal.body)).toMatchObject({ error: { field: 'heartbeat' } });
  });

  it('pings where it is asked to, and ends a connection that does not answer', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const living = await connectWs(sandbox, lab.path('echo?heartbeat=50'));
    const silent = await connectWs(sandbox, lab.path('echo?heartbeat=50'), { autoPong: false });
    expect((await silent.closed).code).toBe(1006);
    await once(living.socket, 'ping');
    expect(living.socket.readyState).toBe(WebSocket.OPEN);
  });

  it.each([
    ['a version other than 13', { 'Sec-WebSocket-Version': '12' }, 400, 'Sec-WebSocket-Version: 13, 8'],
    ['a short key', { 'Sec-WebSocket-Key': 'c2hvcnQ=' }, 400, 'Missing or invalid Sec-WebSocket-Key header'],
    ['another Upgrade', { Upgrade: 'h2c' }, 400, 'Invalid Upgrade header'],
    ['no Upgrade', { Upgrade: undefined }, 426, 'upgrade-required'],
    ['no Connection', { Connection: undefined }, 426, 'upgrade-required'],
    ['a foreign Host', { Host: 'evil.example' }, 421, 'wrong-host'],
  ])('answers %s', async (_, fields, status, text) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox), fields));
    await client.ended;
    const answer = client.received.toString();
    expect(answer).toContain(`HTTP/1.1 ${String(status)} `);
    expect(answer).toContain(text);
    expect(bytesOf(await lab.log(), 'server').toString()).toBe(answer);
  });

  it('answers POST with 405, with and without an Upgrade', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const request = openingRequest(lab.path('echo'), hostOf(sandbox)).replace('GET', 'POST');
    for (const each of [request, request.replace('Upgrade: websocket\r\n', '')]) {
      const client = await connectRaw(sandbox);
      client.send(each);
      await client.ended;
      expect(client.received.toString()).toContain('HTTP/1.1 405 Method Not Allowed');
    }
  });

  it.each([
    ['an unmasked frame', Buffer.from('810548656c6c6f', 'hex'), 1002],
    ['a reserved opcode', clientFrame(3, ''), 1002],
    ['RSV1 without an extension', Buffer.from('c18037fa213d', 'hex'), 1002],
    ['text that is not UTF-8', clientFrame(1, Uint8Array.of(0xff)), 1007],
  ])('closes on %s, and goes on for everybody else', async (_, frame, code) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bystander = await connectWs(sandbox, lab.path('echo'));
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('\r\n\r\n');
    client.send(frame);
    await client.ended;
    expect(client.received.subarray(-4).toString('hex')).toBe(`8802${code.toString(16).padStart(4, '0')}`);
    bystander.socket.send('alive');
    expect(await bystander.next()).toBe('alive');
  });

  it('closes with 1009 on a message larger than the bound', async () => {
    const sandbox = await startSandbox({ limits: { maxMessageBytes: 1000 } });
    const lab = await openLab(sandbox);
    const { socket, next } = await connectWs(sandbox, lab.path('echo'));
    socket.send('a'.repeat(1000));
    expect(await next()).toHaveLength(1000);
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send('a'.repeat(1001));
    expect((await inTime('the close', closed))[0]).toBe(1009);
  });

  it('reads a client no further that does not read, and takes up again when it does', async () => {
    const sandbox = await startSandbox({ limits: { maxBufferedBytes: 64 * 1024 } });
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('echo'));
    let back = 0;
    socket.on('message', (message: Buffer) => (back += message.length));
    socket.pause();
    const message = Buffer.alloc(256 * 1024);
    const count = 160;
    for (let index = 0; index < count; index++) socket.send(message);
    const recorded = await waitFor('the echo to stand still', async () => {
      const before = (await lab.status()).log.lastSeq;
      await new Promise((resolve) => setTimeout(resolve, 100));
      const after = (await lab.status()).log.lastSeq;
      return before === after && before > 5 ? after : undefined;
    });
    expect(recorded).toBeGreaterThan(0);
    // What the server has not taken still waits at the client.
    expect(socket.bufferedAmount).toBeGreaterThan(8 << 20);
    socket.resume();
    await waitFor('all echoes', () => (back === count * message.length ? true : undefined));
  });
});
