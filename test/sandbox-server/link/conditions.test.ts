import { describe, expect, it } from 'vitest';
import type { Conditions } from '../../../src/contract/conditions.ts';
import type { Side, WireEvent } from '../../../src/contract/wire-event.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;

async function start(): Promise<typeof sandbox> {
  sandbox = await startSandbox();
  return sandbox;
}

async function impose(lab: TestLab, conditions: Partial<Conditions>): Promise<void> {
  expect((await lab.call('PATCH', 'conditions', conditions)).status).toBe(200);
}

/** What became of the bytes of one side: how many entered, left, were lost, and are held. */
function accountsOf(events: readonly WireEvent[], side: Side) {
  const accounts = { entered: 0, left: 0, lost: 0 };
  const held = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'bytes' && event.from === side) {
      accounts.entered += event.bytes.length;
      if (event.due === undefined) held.set(event.seq, event.bytes.length);
      else accounts.left += event.bytes.length;
    } else if (event.type === 'left' && held.has(event.of)) {
      const left = event.byteCount ?? held.get(event.of) ?? 0;
      held.set(event.of, (held.get(event.of) ?? 0) - left);
      accounts.left += left;
    } else if (event.type === 'lost' && event.from === side) accounts.lost += event.byteCount;
  }
  return accounts;
}

const hasEnd = (events: readonly WireEvent[]): boolean => events.some(({ type }) => type === 'end');

describe('Conditions of the link', () => {
  it('latency: what a side sent leaves that much later than it entered, in order, and the accounts are even', async () => {
    const lab = await openLab(await start());
    await impose(lab, { latencyMs: 40, jitterMs: 20 });
    const client = await connectWs(sandbox, lab.path('echo'));
    const messages = Array.from({ length: 20 }, (_, index) => `message ${String(index)}`);
    for (const message of messages) client.socket.send(message);
    for (const message of messages) expect(await client.next()).toBe(message);
    const events = await lab.log();
    const [connection] = readLog(events).connections;
    expect(connection?.frames).toHaveLength(40);
    for (const { at, due } of connection?.frames ?? []) expect((due ?? 0) - at).toBeGreaterThanOrEqual(40);
    for (const side of ['client', 'server'] as const) {
      const { entered, left, lost } = accountsOf(events, side);
      expect({ left, lost }).toEqual({ left: entered, lost: 0 });
    }
  });

  it('latency for one direction leaves the other alone', async () => {
    const lab = await openLab(await start());
    await impose(lab, { latencyMs: 50, direction: 'server' });
    const client = await connectWs(sandbox, lab.path('echo'));
    client.socket.send('a');
    await client.next();
    const [connection] = readLog(await lab.log()).connections;
    const delays = connection?.frames.map(({ from, at, due }) => [from, (due ?? 0) - at >= 50]);
    expect(delays).toEqual([
      ['client', false],
      ['server', true],
    ]);
  });

  it('a rate: a message leaves in pieces, none faster than it may', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { bytesPerSecond: 10_000, direction: 'server' });
    const message = 'x'.repeat(2000);
    client.socket.send(message);
    expect(await client.next()).toBe(message);
    const events = await lab.log();
    const left = events.filter((event) => event.type === 'left');
    expect(left.length).toBeGreaterThanOrEqual(10);
    const [connection] = readLog(events).connections;
    const last = connection?.frames.at(-1);
    expect((last?.due ?? 0) - (last?.at ?? 0)).toBeGreaterThanOrEqual(200);
    expect(accountsOf(events, 'server')).toMatchObject({ lost: 0 });
    expect(connection?.server.chunks.map(({ bytes }) => bytes.length).reduce((sum, n) => sum + n, 0)).toBe(
      connection?.server.byteCount,
    );
  });

  it('slices: the server gets a frame byte by byte, and nothing breaks', async () => {
    const lab = await openLab(await start());
    await impose(lab, { sliceBytes: 1, direction: 'client' });
    const client = await connectWs(sandbox, lab.path('echo'));
    client.socket.send('sliced');
    expect(await client.next()).toBe('sliced');
    const pieces = readLog(await lab.log()).connections[0]?.client.chunks.map(({ bytes }) => bytes.length);
    expect(new Set(pieces)).toEqual(new Set([1]));
  });

  it('loss: the stream stalls and arrives whole', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { lossPercent: 90, direction: 'server' });
    const message = 'y'.repeat(15_000);
    client.socket.send(message);
    await lab.logUntil((events) => events.some((event) => event.type === 'bytes' && event.due === undefined));
    await impose(lab, { lossPercent: 0 });
    expect(await client.next()).toBe(message);
    expect(accountsOf(await lab.log(), 'server').lost).toBe(0);
  });

  it('a change holds for bytes that are under way', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { latencyMs: 60_000 });
    client.socket.send('stuck');
    await lab.logUntil((events) => events.some((event) => event.type === 'bytes' && event.due === undefined));
    await impose(lab, { latencyMs: 0 });
    expect(await client.next()).toBe('stuck');
  });

  it.each(['fin', 'rst'] as const)('cuts with %s after so many bytes, to the byte', async (cutHow) => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { cutAfterBytes: 10, cutHow, direction: 'server' });
    client.socket.send('a message of more than ten bytes');
    expect((await client.closed).code).toBe(1006);
    const events = await lab.logUntil(hasEnd);
    expect(events.find(({ type }) => type === 'end')).toMatchObject({ by: 'link', how: cutHow });
    const before = readLog(events).connections[0]?.response?.bytes.length ?? 0;
    const { entered, left, lost } = accountsOf(events, 'server');
    expect(left - before).toBe(10);
    expect(lost).toBe(entered - left);
  });

  it.each(['fin', 'rst'] as const)('ends an idle connection with %s', async (idleAction) => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { idleTimeoutMs: 50, idleAction });
    expect((await client.closed).code).toBe(1006);
    expect((await lab.logUntil(hasEnd)).find(({ type }) => type === 'end')).toMatchObject({
      by: 'link',
      how: idleAction,
    });
  });

  it('forgets an idle connection: both sides believe it open, and all that they send is lost', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { idleTimeoutMs: 50, idleAction: 'drop' });
    await lab.logUntil((events) =>
      events.some((event) => event.type === 'imposed' && event.what === 'forgotten'),
    );
    client.socket.send('into the void');
    await lab.logUntil((all) => all.some(({ type }) => type === 'lost'));
    client.socket.send('and again');
    const events = await lab.logUntil((all) => all.filter(({ type }) => type === 'lost').length === 2);
    expect(client.socket.readyState).toBe(1);
    expect(client.socket.bufferedAmount).toBe(0);
    const { entered, left, lost } = accountsOf(events, 'client');
    expect(lost).toBe(entered - left);
    expect(events.filter(({ type }) => type === 'imposed')).toHaveLength(1);
    client.socket.terminate();
    await lab.logUntil(hasEnd);
    expect((await lab.status()).connections).toHaveLength(1);
  });

  it('traffic keeps a connection from being idle', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo?heartbeat=50'));
    await impose(lab, { idleTimeoutMs: 1000, idleAction: 'rst' });
    const pings = (events: readonly WireEvent[]): boolean =>
      (readLog(events).connections[0]?.frames.length ?? 0) >= 60;
    expect(hasEnd(await lab.logUntil(pings))).toBe(false);
    expect(client.socket.readyState).toBe(1);
  });

  it('a slow close: the FIN of a side leaves later than its last byte', async () => {
    const lab = await openLab(await start());
    await impose(lab, { slowCloseMs: 60_000 });
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo?reject=403'), hostOf(sandbox)));
    await client.until('\r\n\r\n');
    await lab.logUntil(hasEnd);
    expect(client.socket.readableEnded).toBe(false);
    await impose(lab, { slowCloseMs: 0 });
    expect(await client.ended).toBe('fin');
  });

  it('a server that is down: RST for new connections, nothing for those that are there', async () => {
    const lab = await openLab(await start());
    const before = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { accept: false });
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    expect(await client.ended).toBe('rst');
    before.socket.send('still here');
    expect(await before.next()).toBe('still here');
    const { entered, lost } = accountsOf(
      (await lab.log()).filter((event) => 'conn' in event && event.conn === 2),
      'client',
    );
    expect(lost).toBe(entered);
    await impose(lab, { accept: true });
    expect((await connectWs(sandbox, lab.path('echo'))).socket.readyState).toBe(1);
  });

  it('a probability of 0 spares every connection', async () => {
    const lab = await openLab(await start());
    await impose(lab, { frozen: 'both', probability: 0 });
    const client = await connectWs(sandbox, lab.path('echo'));
    client.socket.send('spared');
    expect(await client.next()).toBe('spared');
  });

  it('holds a sender back once a mebibyte is under way, and lets it go on', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { frozen: 'client' });
    for (let index = 0; index < 64; index++) client.socket.send(new Uint8Array(64 * 1024));
    await waitFor('the link to be full', async () =>
      accountsOf(await lab.log(), 'client').entered > 1024 * 1024 ? true : undefined,
    );
    expect(accountsOf(await lab.log(), 'client').entered).toBeLessThan(2 * 1024 * 1024);
    await impose(lab, { frozen: 'no' });
    for (let index = 0; index < 64; index++) await client.next();
    expect(accountsOf(await lab.log(), 'client')).toMatchObject({ lost: 0 });
  });

  it('lets a sender go on that was held back, once the connection is forgotten: into the void', async () => {
    const lab = await openLab(await start());
    const client = await connectWs(sandbox, lab.path('echo'));
    await impose(lab, { frozen: 'client', idleTimeoutMs: 300, idleAction: 'drop' });
    for (let index = 0; index < 40; index++) client.socket.send(new Uint8Array(64 * 1024));
    await waitFor('all of it to be lost', async () =>
      accountsOf(await lab.log(), 'client').lost >= 40 * 64 * 1024 ? true : undefined,
    );
    expect(client.socket.readyState).toBe(1);
  });

  it('refuses what is out of range, and names it', async () => {
    const lab = await openLab(await start());
    for (const [body, field] of [
      [{ latencyMs: -1 }, 'latencyMs'],
      [{ latencyMs: 60_001 }, 'latencyMs'],
      [{ jitterMs: '5' }, 'jitterMs'],
      [{ bytesPerSecond: 1.5 }, 'bytesPerSecond'],
      [{ lossPercent: 91 }, 'lossPercent'],
      [{ sliceBytes: 1e9 }, 'sliceBytes'],
      [{ direction: 'sideways' }, 'direction'],
      [{ idleAction: 'explode' }, 'idleAction'],
      [{ accept: 'no' }, 'accept'],
      [{ probability: 2 }, 'probability'],
      [{ latencyMs: null }, 'latencyMs'],
      [{ latency: 5 }, 'latency'],
      [[], 'body'],
    ] as const) {
      const response = await lab.call('PATCH', 'conditions', body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(field);
    }
    expect(await lab.log()).toEqual([]);
  });
});
