import { describe, expect, it } from 'vitest';
import { bytesOf, openLab, watch } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { inTime, waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

describe('POST /labs/<id>/cut', () => {
  it('how: "fin" ends the connection without a Close frame: the client sees 1006', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { closed } = await connectWs(sandbox, lab.path('echo'));
    const answer = await lab.call('POST', 'cut', { how: 'fin' });
    expect(await answer.json()).toEqual({ cut: [1] });
    expect(await closed).toEqual({ code: 1006, reason: '' });
    const log = await lab.logUntil((events) => events.some(({ type }) => type === 'end'));
    expect(log.find(({ type }) => type === 'end')).toMatchObject({ conn: 1, by: 'link', how: 'fin' });
    expect(bytesOf(log, 'server').toString('latin1')).toMatch(/\r\n\r\n$/);
  });

  it('how: "fin" is a FIN on the wire', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    await lab.call('POST', 'cut', { how: 'fin' });
    expect(await client.ended).toBe('fin');
  });

  it('how: "rst" is an RST on the wire', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    await client.until('101');
    await lab.call('POST', 'cut', { how: 'rst' });
    expect(await client.ended).toBe('rst');
    const log = await lab.log();
    expect(log.at(-1)).toMatchObject({ type: 'end', conn: 1, by: 'link', how: 'rst' });
  });

  it('how: "close" sends a Close frame with the code and the reason', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { closed } = await connectWs(sandbox, lab.path('echo'));
    await lab.call('POST', 'cut', { how: 'close', code: 4001, reason: 'as asked' });
    expect(await closed).toEqual({ code: 4001, reason: 'as asked' });
    const log = await lab.logUntil((events) => events.filter(({ type }) => type === 'end').length === 2);
    expect(log.find(({ type }) => type === 'end')).toMatchObject({ by: 'server', how: 'fin' });
  });

  it('how: "close" without a code sends an empty Close frame', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { closed } = await connectWs(sandbox, lab.path('echo'));
    await lab.call('POST', 'cut', { how: 'close' });
    expect(await closed).toEqual({ code: 1005, reason: '' });
    expect(
      bytesOf(await lab.log(), 'server')
        .subarray(-2)
        .toString('hex'),
    ).toBe('8800');
  });

  it('how: "close" ends a connection with FIN that knows no Close frame yet', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(`GET ${lab.path('echo')} HTTP/1.1\r\n`);
    await waitFor('the connection to be known', async () => (await lab.status()).connections[0]);
    await lab.call('POST', 'cut', { how: 'close', code: 1000 });
    expect(await client.ended).toBe('fin');
    expect(client.received.length).toBe(0);
  });

  it('ends one connection and leaves the others', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const first = await connectWs(sandbox, lab.path('echo'));
    const second = await connectWs(sandbox, lab.path('echo'));
    const answer = await lab.call('POST', 'cut', { how: 'rst', connection: 1 });
    expect(await answer.json()).toEqual({ cut: [1] });
    expect((await first.closed).code).toBe(1006);
    second.socket.send('still here');
    expect(await second.next()).toBe('still here');
  });

  it('ends all connections of its lab, and none of another, nor the wire channel', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const other = await openLab(sandbox);
    const theirs = await connectWs(sandbox, other.path('echo'));
    const ours = await Promise.all([1, 2, 3].map(() => connectWs(sandbox, lab.path('echo'))));
    const watcher = watch(sandbox.origin, lab.path('wire'));
    const allEnds = new Promise<void>((resolve) => {
      watcher.onEvents = () => {
        if (watcher.events.filter(({ type }) => type === 'end').length >= 3) resolve();
      };
    });
    const answer = await lab.call('POST', 'cut', { how: 'rst' });
    expect(await answer.json()).toEqual({ cut: [1, 2, 3] });
    expect((await Promise.all(ours.map(({ closed }) => closed))).map(({ code }) => code)).toEqual([
      1006, 1006, 1006,
    ]);
    await inTime('the ends on the wire channel', allEnds);
    expect(watcher.socket.readyState).toBe(watcher.socket.OPEN);
    theirs.socket.send('untouched');
    expect(await theirs.next()).toBe('untouched');
  });

  it('answers 404 where the connection is not open, and an empty list where none is', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const answer = await lab.call('POST', 'cut', { how: 'fin', connection: 9 });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      error: { code: 'connection-not-found', field: 'connection' },
    });
    expect(await (await lab.call('POST', 'cut', { how: 'fin' })).json()).toEqual({ cut: [] });
  });
});
