import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLab } from '../support/open-lab.ts';
import { ask, connectRaw, hostOf, openingRequest, readResponse } from '../support/raw-client.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime, waitFor } from '../support/wait-for.ts';
import { connectWs, refusedUpgrade } from '../support/ws-client.ts';

const create = (origin: string): Promise<Response> => fetch(`${origin}/labs`, { method: 'POST' });

const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { error: { code: string } }).error.code;

const request = (path: string, host: string, fields = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${fields}Connection: close\r\n\r\n`;

describe('The bounds of labs', () => {
  it('labs of one address: 429 with Retry-After, until one ends', async () => {
    const sandbox = await startSandbox({ limits: { maxLabsPerAddress: 2 } });
    const lab = await openLab(sandbox);
    await openLab(sandbox);
    const refused = await create(sandbox.origin);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await codeOf(refused)).toBe('too-many-labs-of-address');
    await lab.call('DELETE');
    expect((await create(sandbox.origin)).status).toBe(201);
  });

  it('labs in all: 503 with Retry-After, until one ends', async () => {
    const sandbox = await startSandbox({ limits: { maxLabs: 1 } });
    const lab = await openLab(sandbox);
    const refused = await create(sandbox.origin);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await codeOf(refused)).toBe('too-many-labs');
    await lab.call('DELETE');
    expect((await create(sandbox.origin)).status).toBe(201);
  });

  it('new labs a minute: 429 with Retry-After', async () => {
    const sandbox = await startSandbox({ limits: { maxNewLabsPerMinute: 2 } });
    expect((await create(sandbox.origin)).status).toBe(201);
    expect((await create(sandbox.origin)).status).toBe(201);
    const refused = await create(sandbox.origin);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await codeOf(refused)).toBe('new-labs-too-fast');
    expect((await fetch(`${sandbox.origin}/healthz`)).status).toBe(200);
  });

  it('a lab that nobody uses expires, and gives back all that it had', async () => {
    const sandbox = await startSandbox({ limits: { idleLabSeconds: 0.2 } });
    const lab = await openLab(sandbox);
    const { socket, next, closed } = await connectWs(sandbox, lab.path('echo'));
    socket.send('x');
    await next();
    socket.close();
    await closed;
    await waitFor('the lab to expire', () => (sandbox.usage.labs === 0 ? true : undefined));
    expect(sandbox.usage.logBytes).toBe(0);
    expect((await lab.call('GET')).status).toBe(404);
  });

  it.each([
    ['an open connection', 'echo', []],
    ['a watcher', 'wire', ['ws101.wire.v1']],
  ])('a lab with %s does not expire', async (_, part, protocols) => {
    const sandbox = await startSandbox({ limits: { idleLabSeconds: 0.1 } });
    const kept = await openLab(sandbox);
    const { socket } = await connectWs(sandbox, kept.path(part), { protocols });
    // Another that began later and is not used shows that the time has passed, twice over.
    for (let round = 0; round < 2; round++) {
      await openLab(sandbox);
      await waitFor('the other lab to expire', () => (sandbox.usage.labs === 1 ? true : undefined));
    }
    expect((await kept.call('GET')).status).toBe(200);
    expect(socket.readyState).toBe(socket.OPEN);
    socket.close();
    await waitFor('the lab to expire too', () => (sandbox.usage.labs === 0 ? true : undefined));
  });
});

describe('The bounds of connections', () => {
  it('a lab takes 200 connections at once, and then 100 new ones a second', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const clients = await Promise.all(
      Array.from({ length: 200 }, () => connectWs(sandbox, lab.path('echo'))),
    );
    expect((await lab.status()).connections).toHaveLength(200);
    for (const { socket } of clients) socket.send('all');
    await Promise.all(clients.map(({ next }) => next()));
    for (const { socket } of clients.splice(0, 100)) socket.terminate();
    await waitFor('100 to end', async () =>
      (await lab.status()).connections.length === 100 ? true : undefined,
    );
    await Promise.all(Array.from({ length: 100 }, () => connectWs(sandbox, lab.path('echo'))));
    expect((await lab.status()).connections).toHaveLength(200);
  });

  it('connections of one lab: 503 before the upgrade, recorded, until one ends', async () => {
    const sandbox = await startSandbox({
      limits: { maxConnectionsPerLab: 2, maxNewConnectionsPerSecond: 1000 },
    });
    const lab = await openLab(sandbox);
    const [first] = [await connectWs(sandbox, lab.path('echo')), await connectWs(sandbox, lab.path('echo'))];
    const refusal = await refusedUpgrade(sandbox, lab.path('echo'));
    expect(refusal.status).toBe(503);
    expect(refusal.headers['retry-after']).toBe('1');
    expect(refusal.body).toContain('too-many-lab-connections');
    expect((await lab.log()).filter(({ type }) => type === 'open')).toHaveLength(3);
    first.socket.close();
    await first.closed;
    await waitFor('one to end', async () =>
      (await lab.status()).connections.length === 1 ? true : undefined,
    );
    await connectWs(sandbox, lab.path('echo'));
  });

  it('new connections of one lab: 429 before the upgrade', async () => {
    const sandbox = await startSandbox({
      limits: { maxConnectionsPerLab: 3, maxNewConnectionsPerSecond: 0.01 },
    });
    const lab = await openLab(sandbox);
    for (let round = 0; round < 3; round++) {
      const { socket, closed } = await connectWs(sandbox, lab.path('echo'));
      socket.close();
      await closed;
    }
    await waitFor('all to end', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
    const refusal = await refusedUpgrade(sandbox, lab.path('echo'));
    expect(refusal.status).toBe(429);
    expect(refusal.body).toContain('new-connections-too-fast');
  });

  it('connections in all: 503 at once, until one ends', async () => {
    const sandbox = await startSandbox({ limits: { maxConnections: 2 } });
    const clients = [await connectRaw(sandbox), await connectRaw(sandbox)];
    await waitFor('both to be accepted', () => (sandbox.usage.connections === 2 ? true : undefined));
    const refused = await ask(sandbox, request('/healthz', hostOf(sandbox)));
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.body).toContain('too-many-connections');
    clients[0]?.socket.destroy();
    await waitFor('one to end', () => (sandbox.usage.connections === 1 ? true : undefined));
    expect((await ask(sandbox, request('/healthz', hostOf(sandbox)))).status).toBe(200);
  });

  it('watchers of one lab: 429 before the upgrade, until one ends', async () => {
    const sandbox = await startSandbox({ limits: { maxWatchersPerLab: 1 } });
    const lab = await openLab(sandbox);
    const protocols = ['ws101.wire.v1'];
    const first = await connectWs(sandbox, lab.path('wire'), { protocols });
    const refusal = await refusedUpgrade(sandbox, lab.path('wire'), { protocols });
    expect(refusal.status).toBe(429);
    expect(refusal.headers['retry-after']).toBe('5');
    expect(refusal.body).toContain('too-many-watchers');
    first.socket.close();
    await first.closed;
    await connectWs(sandbox, lab.path('wire'), { protocols });
  });
});

describe('The bounds of requests', () => {
  it('a head that does not come whole is answered 408, wherever it stops', async () => {
    const sandbox = await startSandbox({ limits: { headSeconds: 0.2 } });
    const lab = await openLab(sandbox);
    for (const beginning of [
      '',
      'GET /he',
      `GET /healthz HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n`,
      `GET ${lab.path('echo')} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n`,
      `POST /labs HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
    ]) {
      const client = await connectRaw(sandbox);
      client.send(beginning);
      await client.ended;
      const answer = readResponse(client.received.toString());
      expect(answer.status).toBe(408);
      expect(answer.body).toContain('request-timeout');
    }
  });

  it('a head that drips in byte by byte is answered 408 all the same', async () => {
    const sandbox = await startSandbox({ limits: { headSeconds: 0.2 } });
    const client = await connectRaw(sandbox);
    const drip = setInterval(() => client.send('a'), 5);
    onTestFinished(() => {
      clearInterval(drip);
    });
    client.send('GET /healthz HTTP/1.1\r\nX-Slow: ');
    await client.until('\r\n\r\n');
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('the second head of a connection has no more time than the first', async () => {
    const sandbox = await startSandbox({ limits: { headSeconds: 0.2 } });
    const client = await connectRaw(sandbox);
    client.send(`GET /healthz HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await client.until('"connections":');
    client.send('GET /healthz HTTP/1.1\r\nHost: ');
    expect(await client.until('408 Request Timeout')).toContain('request-timeout');
  });

  it('a head of too many bytes is answered 431, with or without an end of its first line', async () => {
    const sandbox = await startSandbox({ limits: { maxHeaderBytes: 2048 } });
    const lab = await openLab(sandbox);
    for (const head of [
      request('/healthz', hostOf(sandbox), `X: ${'a'.repeat(3000)}\r\n`),
      `GET /${'a'.repeat(5000)}`,
      openingRequest(lab.path('echo'), hostOf(sandbox), { 'X-Long': 'a'.repeat(3000) }),
    ]) {
      const client = await connectRaw(sandbox);
      client.send(head);
      await client.until('\r\n\r\n');
      expect(client.received.toString()).toMatch(/^HTTP\/1\.1 431 [^]*head-too-large/);
    }
  });

  it('a head of too many fields is answered 431, as a request and as an upgrade', async () => {
    const sandbox = await startSandbox({ limits: { maxHeaders: 10 } });
    const lab = await openLab(sandbox);
    const fields = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`X-${String(index)}`, '1']));
    const lines = Object.keys(fields).map((name) => `${name}: 1\r\n`);
    const plain = await ask(sandbox, request('/healthz', hostOf(sandbox), lines.join('')));
    const upgrade = await ask(sandbox, openingRequest(lab.path('echo'), hostOf(sandbox), fields));
    expect([plain.status, upgrade.status]).toEqual([431, 431]);
    expect(
      (await ask(sandbox, request('/healthz', hostOf(sandbox), lines.slice(0, 8).join('')))).status,
    ).toBe(200);
  });

  it('a body of too many bytes is answered 413', async () => {
    const sandbox = await startSandbox({ limits: { maxBodyBytes: 100 } });
    const body = JSON.stringify({ a: 'b'.repeat(200) });
    const response = await fetch(`${sandbox.origin}/labs`, {
      method: 'POST',
      body,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(response.status).toBe(413);
    expect(await codeOf(response)).toBe('body-too-large');
  });

  it('and is not answered before it has come: who still sends may never read the answer', async () => {
    const sandbox = await startSandbox({ limits: { maxBodyBytes: 100 } });
    const client = await connectRaw(sandbox);
    const head = ['Host: ' + hostOf(sandbox), 'Content-Type: application/json', 'Content-Length: 2000'];
    client.send(`POST /labs HTTP/1.1\r\n${head.join('\r\n')}\r\n\r\n${' '.repeat(1000)}`);
    expect((await fetch(`${sandbox.origin}/healthz`)).status).toBe(200);
    expect(client.received.toString()).toBe('');
    client.send(' '.repeat(1000));
    expect(await client.ended).toBe('fin');
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 413 [^]*body-too-large/);
  });

  it.each([
    ['no request', 'what is this\r\n\r\n'],
    ['a TLS greeting', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x0a])],
    [
      'two lengths',
      'POST /labs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ])('%s is answered 400', async (_, bytes) => {
    const sandbox = await startSandbox();
    const client = await connectRaw(sandbox);
    client.send(bytes);
    await client.until('\r\n\r\n');
    expect(client.received.toString()).toMatch(/^HTTP\/1\.1 400 [^]*"hint":/);
  });
});

describe('The memory of a sandbox', () => {
  it('goes back when its labs have ended', async () => {
    const sandbox = await startSandbox();
    for (let round = 0; round < 3; round++) {
      const labs = await Promise.all([1, 2, 3].map(() => openLab(sandbox)));
      for (const lab of labs) {
        const { socket, next } = await connectWs(sandbox, lab.path('echo'));
        socket.send(Buffer.alloc(200_000));
        await next();
      }
      expect(sandbox.usage.logBytes).toBeGreaterThan(3 * 400_000);
      for (const lab of labs) await lab.call('DELETE');
      expect(sandbox.usage.logBytes).toBe(0);
      expect(sandbox.usage.labs).toBe(0);
    }
  });

  it('is bounded for all logs together: the largest drops its oldest', async () => {
    const sandbox = await startSandbox({ limits: { maxTotalLogBytes: 2 << 20 } });
    const small = await openLab(sandbox);
    await connectWs(sandbox, small.path('echo'));
    const large = await openLab(sandbox);
    const { socket, next } = await connectWs(sandbox, large.path('echo'));
    for (let index = 0; index < 20; index++) {
      socket.send(Buffer.alloc(200_000));
      await next();
    }
    expect(sandbox.usage.logBytes).toBeLessThanOrEqual(2 << 20);
    expect((await large.status()).log.droppedEvents).toBeGreaterThan(0);
    expect((await small.status()).log.droppedEvents).toBe(0);
  });
});

describe('Sandbox.close', () => {
  it('tells every WebSocket 1001, the wire channel’s too, and accepts no more', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const echo = await connectWs(sandbox, lab.path('echo'));
    const wire = await connectWs(sandbox, lab.path('wire'), { protocols: ['ws101.wire.v1'] });
    await sandbox.close();
    const goingAway = { code: 1001, reason: 'the sandbox is stopping' };
    expect(await Promise.all([echo.closed, wire.closed])).toEqual([goingAway, goingAway]);
    expect(sandbox.usage).toEqual({ labs: 0, connections: 0, logBytes: 0 });
    const late = connect({ port: sandbox.port, host: '127.0.0.1' });
    const [error] = (await once(late, 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('does not wait for clients that never answer', async () => {
    const sandbox = await startSandbox({ limits: { drainSeconds: 0.1 } });
    const lab = await openLab(sandbox);
    const silent = await connectRaw(sandbox);
    silent.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await silent.until('101');
    const idle = await connectRaw(sandbox);
    idle.send('GET / HT');
    const { socket } = await connectWs(sandbox, lab.path('echo'));
    socket.pause();
    await inTime('the sandbox to stop', sandbox.close());
    expect(sandbox.usage.connections).toBe(0);
  });
});
