import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox-server/sandbox.ts';
import { encodeFrame } from '../../../src/protocol/encode-frame.ts';
import { Opcode } from '../../../src/protocol/opcode.ts';
import { applyMask } from '../../../src/protocol/masking.ts';
import { bytesOf, openLab, type TestLab } from '../../support/open-lab.ts';
import { hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs, refusedUpgrade, type WsClient } from '../../support/ws-client.ts';
import { waitFor } from '../../support/wait-for.ts';

const forged = Buffer.from('\r\nGET /library.js HTTP/1.1\r\nHost: cdn.example\r\n\r\n');
const asVictim = (path = '/library.js'): string => `GET ${path} HTTP/1.1\r\nHost: cdn.example\r\n\r\n`;
const throughProxy = (lab: TestLab, more = ''): string => lab.path(`raw?via=caching-proxy${more}`);

/** All that has come over a bridge so far, as it grows. */
function listen({ socket }: WsClient): { text: string } {
  const heard = { text: '' };
  socket.on('message', (message: Buffer) => (heard.text += message.toString('latin1')));
  return heard;
}

/** The attacker's page: shakes hands with the attacker's server through the proxy, and sends one frame. */
async function attack(sandbox: Sandbox, lab: TestLab, frame: Uint8Array): Promise<string> {
  const bridge = await connectWs(sandbox, throughProxy(lab, '&cache=empty'));
  const heard = listen(bridge);
  bridge.socket.send(openingRequest(lab.path('attacker'), hostOf(sandbox)));
  await waitFor('the 101', () => (heard.text.includes('101 Switching') ? true : undefined));
  bridge.socket.send(frame);
  await waitFor('the attacker’s answer', () => (heard.text.endsWith('"evil";\n') ? true : undefined));
  bridge.socket.close();
  return heard.text;
}

/** A victim's request for the library, through the same proxy. */
async function visit(sandbox: Sandbox, lab: TestLab, request = asVictim()): Promise<string> {
  const bridge = await connectWs(sandbox, throughProxy(lab, '&to=cdn'));
  const heard = listen(bridge);
  bridge.socket.send(request);
  await bridge.closed;
  return heard.text;
}

const unmasked = encodeFrame({ opcode: Opcode.binary, payload: forged });
const key = [0x37, 0xfa, 0x21, 0x3d];

describe('WS /labs/<id>/raw?via=caching-proxy', () => {
  it('is poisoned by a frame that is not masked: the victim gets the attacker’s script', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await attack(sandbox, lab, unmasked);
    const got = await visit(sandbox, lab);
    expect(got).toContain('did not come from cdn.example');
    expect(got).toMatch(/Age: 0\r\nX-Cache: HIT/);
  });

  it('is not poisoned by the same frame under a fresh key: the victim gets the genuine library', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await attack(sandbox, lab, encodeFrame({ opcode: 2, payload: forged, maskingKey: randomBytes(4) }));
    const got = await visit(sandbox, lab);
    expect(got).toContain('The genuine library of cdn.example');
    expect(got).toContain('X-Cache: MISS');
    expect(await visit(sandbox, lab)).toContain('X-Cache: HIT');
  });

  it('is poisoned where the attacker knew the key: masked twice is not masked (§10.3)', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const payload = applyMask(forged, Uint8Array.from(key));
    await attack(
      sandbox,
      lab,
      encodeFrame({ opcode: Opcode.binary, payload, maskingKey: Uint8Array.from(key) }),
    );
    expect(await visit(sandbox, lab)).toContain('did not come from cdn.example');
  });

  it('records both its connections and the victim’s, as they crossed', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const heard = await attack(sandbox, lab, unmasked);
    const got = await visit(sandbox, lab);
    const log = await lab.logUntil((events) => bytesOf(events, 'server', 3).length === got.length);
    expect(log.filter(({ type }) => type === 'open')).toMatchObject([
      { conn: 1, path: null },
      { conn: 2, path: lab.path('attacker') },
      { conn: 3, path: null },
    ]);
    expect(bytesOf(log, 'client', 1).subarray(-unmasked.length).equals(unmasked)).toBe(true);
    expect(bytesOf(log, 'client', 2).equals(bytesOf(log, 'client', 1))).toBe(true);
    expect(bytesOf(log, 'server', 1).toString('latin1')).toBe(heard);
    expect(bytesOf(log, 'client', 3).toString()).toBe(asVictim());
    expect(bytesOf(log, 'server', 3).toString()).toBe(got);
  });

  it('keeps the caches of two labs apart, and empties one on request', async () => {
    const sandbox = await startSandbox();
    const [poisoned, other] = [await openLab(sandbox), await openLab(sandbox)];
    await attack(sandbox, poisoned, unmasked);
    expect(await visit(sandbox, other)).toContain('The genuine library');
    expect(await visit(sandbox, poisoned)).toContain('did not come');
    const bridge = await connectWs(sandbox, throughProxy(poisoned, '&cache=empty'));
    bridge.socket.close();
    await bridge.closed;
    expect(await visit(sandbox, poisoned)).toContain('The genuine library');
  });

  it('bounds what it keeps', async () => {
    const sandbox = await startSandbox({ limits: { maxProxyCacheBytes: 100 } });
    const lab = await openLab(sandbox);
    await attack(sandbox, lab, unmasked);
    expect(await visit(sandbox, lab)).toContain('The genuine library');
  });

  it('never leads anywhere but to this sandbox: every other name is a 404 of its own', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const got = await visit(sandbox, lab, 'GET /x HTTP/1.1\r\nHost: example.com\r\n\r\n');
    expect(got).toContain('404 Not Found');
    const bridge = await connectWs(sandbox, throughProxy(lab));
    const heard = listen(bridge);
    bridge.socket.send('GET http://example.com/ HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n');
    await bridge.closed;
    expect(heard.text).toContain('421 Misdirected Request');
  });

  it.each([
    ['no request', 'x'.repeat(20_000)],
    ['bytes that are no text', randomBytes(20_000)],
  ])('passes %s on to the sandbox, which refuses it', async (_, bytes) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    const heard = listen(bridge);
    bridge.socket.send(bytes);
    await bridge.closed;
    expect(heard.text).toMatch(/^HTTP\/1\.1 4\d\d /);
  });

  it('ends a visit to the cdn that never becomes a request', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    expect(await visit(sandbox, lab, 'x'.repeat(20_000))).toBe('');
  });

  it('carries an ordinary WebSocket both ways, and its end', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    const heard = listen(bridge);
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    bridge.socket.send(encodeFrame({ opcode: 1, payload: Buffer.from('hello'), maskingKey: randomBytes(4) }));
    await waitFor('the echo', () => (heard.text.endsWith('\x81\x05hello') ? true : undefined));
    bridge.socket.send(encodeFrame({ opcode: 8, maskingKey: randomBytes(4) }));
    expect(await bridge.closed).toEqual({ code: 1000, reason: 'fin' });
  });

  it('carries much at the pace of the slower, in order and whole', async () => {
    const sandbox = await startSandbox({ limits: { maxBufferedBytes: 32 * 1024 } });
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    const payload = Buffer.alloc(60_000).map((_, index) => index);
    const chunks: Buffer[] = [];
    bridge.socket.on('message', (bytes: Buffer) => chunks.push(bytes));
    const count = 60;
    for (let index = 0; index < count; index++) {
      bridge.socket.send(encodeFrame({ opcode: Opcode.binary, payload, maskingKey: Uint8Array.from(key) }));
    }
    const echo = encodeFrame({ opcode: Opcode.binary, payload });
    await waitFor('all echoes', () =>
      chunks.reduce((sum, { length }) => sum + length, 0) >= echo.length * count ? true : undefined,
    );
    expect(Buffer.concat(chunks).equals(Buffer.concat(Array.from({ length: count }, () => echo)))).toBe(true);
  });

  it('ends with its sandbox', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    await sandbox.close();
    expect(await bridge.closed).toMatchObject({ code: 1001 });
    expect(sandbox.usage.connections).toBe(0);
  });

  it('passes a reset on', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.next();
    await lab.call('POST', 'cut', { how: 'rst', connection: 1 });
    expect(await bridge.closed).toEqual({ code: 1000, reason: 'rst' });
    await waitFor('both connections to end', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
  });

  it('counts both its connections as the lab’s, and says so where that is too many', async () => {
    const sandbox = await startSandbox({ limits: { maxConnectionsPerLab: 1 } });
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, throughProxy(lab));
    const heard = listen(bridge);
    bridge.socket.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await bridge.closed;
    expect(heard.text).toContain('too-many-lab-connections');
  });

  it.each([
    ['via=tunnel', 'via'],
    ['via=caching-proxy&to=example.com', 'to'],
    ['via=caching-proxy&cache=full', 'cache'],
    ['to=cdn', 'to'],
    ['cache=empty', 'cache'],
  ])('refuses ?%s and names the field', async (query, field) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path(`raw?${query}`));
    expect(refusal.status).toBe(400);
    expect(JSON.parse(refusal.body)).toMatchObject({ error: { code: 'field-refused', field } });
  });
});

describe('WS /labs/<id>/attacker', () => {
  it('shakes hands as a server should, and answers the first frame with no frame', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    const heard = listen(bridge);
    bridge.socket.send(openingRequest(lab.path('attacker'), hostOf(sandbox)));
    await waitFor('the 101', () => (heard.text.endsWith('\r\n\r\n') ? true : undefined));
    expect(heard.text).toContain('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
    for (const byte of unmasked) bridge.socket.send(Buffer.of(byte));
    await waitFor('its answer', () => (heard.text.includes('HTTP/1.1 200 OK') ? true : undefined));
    bridge.socket.send(unmasked);
    bridge.socket.close();
    await bridge.closed;
    expect(heard.text.match(/HTTP\/1\.1 200/g)).toHaveLength(1);
  });

  it('refuses pages of another origin, and requests without a key', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path('attacker'), { origin: 'http://evil.example' });
    expect(refusal.status).toBe(403);
    const bridge = await connectWs(sandbox, lab.path('raw'));
    bridge.socket.send(
      openingRequest(lab.path('attacker'), hostOf(sandbox), { 'Sec-WebSocket-Key': undefined }),
    );
    expect(await bridge.next()).toContain('426 Upgrade Required');
  });
});
