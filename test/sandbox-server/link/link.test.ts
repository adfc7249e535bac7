import { describe, expect, it } from 'vitest';
import type { EndEvent, WireEvent } from '../../../src/contract/wire-event.ts';
import { clientFrame, closePayload } from '../../support/frames.ts';
import { bytesOf, openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest, readResponse } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

const endsOf = (events: readonly WireEvent[]): Pick<EndEvent, 'by' | 'how'>[] =>
  events.filter((event) => event.type === 'end').map(({ by, how }) => ({ by, how }));

const hasEnds = (count: number) => (events: readonly WireEvent[]) => endsOf(events).length >= count;

describe('Link', () => {
  it('records the very bytes of both sides, the client’s masked as they were on the wire', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    const request = openingRequest(lab.path('echo'), hostOf(sandbox));
    client.send(request);
    await client.until('\r\n\r\n');
    const frames = [
      clientFrame(1, 'Hello'),
      clientFrame(2, new Uint8Array(125)),
      clientFrame(8, closePayload(1000)),
    ];
    for (const frame of frames) client.send(frame);
    await client.ended;
    client.socket.end();

    const log = await lab.logUntil(hasEnds(2));
    expect(log[0]).toMatchObject({ seq: 1, type: 'open', conn: 1, path: lab.path('echo') });
    expect(bytesOf(log, 'client').toString('hex')).toBe(
      Buffer.concat([Buffer.from(request), ...frames]).toString('hex'),
    );
    expect(bytesOf(log, 'server').toString('hex')).toBe(client.received.toString('hex'));
    expect(client.received.includes(Buffer.from('810548656c6c6f', 'hex'))).toBe(true);
    expect(endsOf(log)).toEqual([
      { by: 'server', how: 'fin' },
      { by: 'client', how: 'fin' },
    ]);
  });

  it('gives every event a time, and bytes two: in at `at`, out at `due`', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket, next } = await connectWs(sandbox, lab.path('echo'));
    socket.send('a');
    await next();
    const log = await lab.log();
    const bytes = log.filter((event) => event.type === 'bytes');
    expect(bytes).toHaveLength(4);
    for (const event of bytes) {
      expect(event.due).toBeGreaterThanOrEqual(event.at);
      expect(event.at).toBeGreaterThanOrEqual(log[0]?.at ?? 0);
    }
    expect(log.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
  });

  it('records the same bytes however they are cut into chunks', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    const all = Buffer.concat([
      Buffer.from(openingRequest(lab.path('echo'), hostOf(sandbox))),
      clientFrame(1, 'straddling'),
      clientFrame(8, closePayload(1000)),
    ]);
    for (const byte of all) {
      client.send(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    await client.ended;
    const log = await lab.logUntil(hasEnds(1));
    expect(bytesOf(log, 'client').toString('hex')).toBe(all.toString('hex'));
    expect(log.filter(({ type }) => type === 'bytes').length).toBeGreaterThan(10);
    expect(bytesOf(log, 'server').toString('hex')).toBe(client.received.toString('hex'));
  });

  it('counts a connection that was accepted before the lab began as opened at its beginning', async () => {
    const sandbox = await startSandbox();
    const client = await connectRaw(sandbox);
    const lab = await openLab(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    const [open, request] = await lab.log();
    expect(open).toMatchObject({ type: 'open', at: 0 });
    expect(request?.at).toBeGreaterThan(0);
  });

  it('records a kept-alive connection from the request on that is for the lab', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(`GET /healthz HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await client.until('"connections":');
    const request = openingRequest(lab.path('echo'), hostOf(sandbox));
    client.send(request);
    await client.until('101 Switching');
    expect(bytesOf(await lab.log(), 'client').toString()).toBe(request);
  });

  it('refuses a request for a lab that was sent before the answer to the last: nothing goes unrecorded', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const health = `GET /healthz HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`;
    for (const request of [
      openingRequest(lab.path('echo'), hostOf(sandbox)),
      openingRequest(lab.path('echo'), hostOf(sandbox), { Upgrade: undefined }),
    ]) {
      const client = await connectRaw(sandbox);
      client.send(health + request);
      expect(await client.until('request-not-recorded')).toContain('HTTP/1.1 400 Bad Request');
      expect(await lab.log()).toEqual([]);
    }
  });

  it('records nothing of the site, the API, the wire channel and unknown labs', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.status();
    await lab.call('PATCH', 'conditions', { upgrade: 'pass' });
    await fetch(`${sandbox.origin}/`);
    await fetch(`${sandbox.origin}/labs/unknown/echo`);
    const log = await lab.logUntil((events) => events.length > 0);
    expect(log.map(({ type }) => type)).toEqual(['conditions']);
  });

  it('records the RST of a client', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    client.socket.resetAndDestroy();
    expect(endsOf(await lab.logUntil(hasEnds(1)))).toEqual([{ by: 'client', how: 'rst' }]);
  });

  it('records the FIN of a client that goes without a Close frame, and then the server’s', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    client.socket.end();
    expect(await client.ended).toBe('fin');
    expect(endsOf(await lab.logUntil(hasEnds(2)))).toEqual([
      { by: 'client', how: 'fin' },
      { by: 'server', how: 'fin' },
    ]);
  });

  it('carries a megabyte there and back, whole', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, lab.path('echo'));
    const sent = Buffer.alloc(1 << 20).map((_, index) => index * 7 + (index >> 8));
    const received = new Promise<Buffer>((resolve) => socket.once('message', resolve));
    socket.send(sent);
    expect((await received).equals(sent)).toBe(true);
    const log = await lab.log();
    expect(bytesOf(log, 'server').subarray(-sent.length).equals(sent)).toBe(true);
    expect(bytesOf(log, 'client').length).toBeGreaterThan(sent.length);
  });

  it('lets go of every connection that has ended', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectWs(sandbox, lab.path('echo'))));
    expect((await lab.status()).connections).toHaveLength(20);
    for (const [index, { socket }] of clients.entries()) {
      if (index % 2 === 0) socket.close();
      else socket.terminate();
    }
    await waitFor('all connections to end', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
  });
});

describe('Link, where it changes what passes', () => {
  it('upgrade: "strip" removes the asking for an upgrade, shows both, and the server answers 426', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PATCH', 'conditions', { upgrade: 'strip' });
    const client = await connectRaw(sandbox);
    const request = openingRequest(lab.path('echo'), hostOf(sandbox));
    client.send(request.slice(0, 50));
    client.send(request.slice(50));
    await client.ended;
    const answer = readResponse(client.received.toString());
    expect(answer.status).toBe(426);
    expect(answer.headers['upgrade']).toBe('websocket');
    expect(answer.body).toContain('A proxy on the way may have removed them');
    const [, , asked] = await lab.log();
    expect(asked).toMatchObject({ type: 'bytes', from: 'client' });
    if (asked?.type !== 'bytes') return;
    expect(Buffer.from(asked.bytes).toString()).toBe(request);
    expect(Buffer.from(asked.became ?? []).toString()).toBe(
      request.replace('Upgrade: websocket\r\n', '').replace('Connection: Upgrade\r\n', ''),
    );
    expect(asked.due).toBeDefined();
  });

  it('upgrade: "refuse" answers 403 itself, marked as the link’s; the server never sees the request', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PATCH', 'conditions', { upgrade: 'refuse' });
    const client = await connectRaw(sandbox);
    const request = openingRequest(lab.path('echo'), hostOf(sandbox));
    client.send(request);
    await client.ended;
    expect(client.received.toString()).toContain('HTTP/1.1 403 Forbidden\r\n');
    const log = (await lab.log()).slice(1);
    expect(log.map(({ type }) => type)).toEqual(['open', 'bytes', 'lost', 'bytes', 'end']);
    expect(log[1]).not.toHaveProperty('due');
    expect(log[2]).toMatchObject({ from: 'client', byteCount: request.length });
    expect(log[3]).toMatchObject({ from: 'server', by: 'link' });
    expect(log[4]).toMatchObject({ by: 'link', how: 'fin' });
    expect(bytesOf(log, 'server').toString()).toBe(client.received.toString());
  });

  it.each(['strip', 'refuse'])('upgrade: "%s" leaves a request alone that asks for none', async (upgrade) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PATCH', 'conditions', { upgrade });
    const client = await connectRaw(sandbox);
    client.send(`GET ${lab.path('echo')} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await client.ended;
    expect(readResponse(client.received.toString()).status).toBe(426);
    expect((await lab.log()).every((event) => event.type !== 'bytes' || event.became === undefined)).toBe(
      true,
    );
  });

  it.each(['strip', 'refuse'])(
    'upgrade: "%s" does not touch the wire channel and the raw bridge',
    async (upgrade) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      await lab.call('PATCH', 'conditions', { upgrade });
      const log = await lab.logUntil((events) => events.length > 0);
      expect(log[0]).toMatchObject({ type: 'conditions', conditions: { upgrade } });
      const bridge = await connectWs(sandbox, lab.path('raw'));
      bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
      expect(await bridge.next()).toContain(upgrade === 'strip' ? '426 Upgrade Required' : '403 Forbidden');
    },
  );

  it('shows a head that never becomes whole when the connection ends: it was lost in the link', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PATCH', 'conditions', { upgrade: 'strip' });
    const client = await connectRaw(sandbox);
    client.send(`GET ${lab.path('echo')} HTTP/1.1\r\nHost:`);
    await waitFor('the connection to be known', async () => (await lab.status()).connections[0]);
    client.socket.end();
    const log = await lab.logUntil(hasEnds(1));
    const head = `GET ${lab.path('echo')} HTTP/1.1\r\nHost:`;
    expect(bytesOf(log, 'client').toString()).toBe(head);
    expect(log.find(({ type }) => type === 'lost')).toMatchObject({ from: 'client', byteCount: head.length });
  });
});
