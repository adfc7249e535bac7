import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../../../src/contract/wire-event.ts';
import { readLog } from '../../../../src/derive/log-reader.ts';
import { openLab, type TestLab } from '../../../support/open-lab.ts';
import { startSandbox } from '../../../support/start-sandbox.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { connectWs } from '../../../support/ws-client.ts';

const freeze = async (lab: TestLab, frozen: string): Promise<void> => {
  expect((await lab.call('PATCH', 'conditions', { frozen })).status).toBe(200);
};

const heldFrom = (side: 'client' | 'server') => (events: readonly WireEvent[]) =>
  events.some((event) => event.type === 'bytes' && event.from === side && event.due === undefined);

describe('A frozen link', () => {
  it.each(['client', 'server', 'both'])(
    'holds the bytes of %s, and lets them go in order on thaw',
    async (frozen) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const client = await connectWs(sandbox, lab.path('echo'));
      await freeze(lab, frozen);
      for (const message of ['one', 'two', 'three']) client.socket.send(message);
      await lab.logUntil(heldFrom(frozen === 'server' ? 'server' : 'client'));
      await freeze(lab, 'no');
      for (const message of ['one', 'two', 'three']) expect(await client.next()).toBe(message);
      const [connection] = readLog(await lab.log()).connections;
      expect(connection?.frames).toHaveLength(6);
      expect(connection?.frames.every(({ due }) => due !== undefined)).toBe(true);
      expect(connection?.frames.some(({ at, due = 0 }) => due > at)).toBe(true);
    },
  );

  it('holds a request too, from its first byte', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await freeze(lab, 'both');
    const client = connectWs(sandbox, lab.path('echo'));
    await lab.logUntil(heldFrom('client'));
    await freeze(lab, 'no');
    expect((await client).socket.readyState).toBe(1);
  });

  it('tells neither side that the other has gone, until it thaws', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await freeze(lab, 'both');
    client.socket.terminate();
    await lab.logUntil((events) => events.some(({ type }) => type === 'end'));
    expect((await lab.status()).connections).toHaveLength(1);
    await freeze(lab, 'no');
    await waitFor('the server to hear of it', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
  });

  it('lets the server give up a silent client, which hears of it on thaw only', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo?heartbeat=50'));
    await freeze(lab, 'both');
    const events = await lab.logUntil((all) => all.some(({ type }) => type === 'end'));
    expect(events.find(({ type }) => type === 'end')).toMatchObject({ by: 'server' });
    expect(client.socket.readyState).toBe(1);
    await freeze(lab, 'no');
    expect((await client.closed).code).toBe(1006);
  });

  it('loses what it holds where the link ends first, and says how much', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await freeze(lab, 'client');
    client.socket.send('abc');
    await lab.logUntil(heldFrom('client'));
    await lab.call('POST', 'cut', { how: 'rst' });
    await client.closed;
    const events = await lab.log();
    expect(events.filter(({ type }) => type === 'lost')).toMatchObject([{ from: 'client', byteCount: 9 }]);
  });

  it('holds a sender back by TCP, and keeps no more than its bound', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await freeze(lab, 'client');
    const message = Buffer.alloc(512 * 1024);
    for (let count = 0; count < 40; count++) client.socket.send(message);
    await waitFor('the client to be held back', () =>
      client.socket.bufferedAmount > 1024 * 1024 ? true : undefined,
    );
    const held = (await lab.status()).log.bytes;
    expect(held).toBeLessThan(4 * 1024 * 1024);
    await freeze(lab, 'no');
    for (let count = 0; count < 40; count++) expect(await client.next()).toHaveLength(512 * 1024);
  });

  it('ends with its lab and with its sandbox', async () => {
    const sandbox = await startSandbox({ limits: { drainSeconds: 0.2 } });
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await freeze(lab, 'both');
    const closed = once(client.socket, 'close');
    await lab.call('DELETE');
    await closed;
    await waitFor('the connection to be over', () => (sandbox.usage.connections <= 1 ? true : undefined));
    expect(client.socket.readyState).toBe(3);
  });
});

describe('POST /labs/<id>/inject', () => {
  it('sends a client what its server never would, and records it as the server’s', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    const answer = await lab.call('POST', 'inject', { bytes: '81 02 6869' });
    expect(await answer.json()).toEqual({ injected: [1] });
    expect(await client.next()).toBe('hi');
    await lab.call('POST', 'inject', { bytes: '83 00', connection: 1 });
    expect((await client.closed).code).toBe(1006);
    const [connection] = readLog(await lab.log()).connections;
    expect(
      connection?.frames
        .filter(({ from }) => from === 'server')
        .map(({ frame }) => frame.opcode)
        .slice(0, 2),
    ).toEqual([1, 3]);
  });

  it.each([
    [{}, 'bytes'],
    [{ bytes: '8' }, 'bytes'],
    [{ bytes: 'xx' }, 'bytes'],
    [{ bytes: '00'.repeat(4097) }, 'bytes'],
    [{ bytes: '00', connection: 0 }, 'connection'],
    [{ bytes: '00', to: 1 }, 'to'],
    [[], 'body'],
  ])('refuses %j by the name of the field', async (body, field) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const answer = await lab.call('POST', 'inject', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { field } });
  });
});
