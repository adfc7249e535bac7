import { describe, expect, it } from 'vitest';
import { perfectLink } from '../../../src/contract/conditions.ts';
import type { WireEvent } from '../../../src/contract/wire-event.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

const imposes = (what: string) => (events: readonly WireEvent[]) =>
  events.some((event) => event.type === 'imposed' && event.what === what);

async function ordered(lab: TestLab, fault: object): Promise<void> {
  expect((await lab.call('POST', 'message-fault', fault)).status).toBe(202);
}

describe('POST /labs/<id>/restart', () => {
  it('closes every WebSocket with the code, is down, and comes back', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const clients = [await connectWs(sandbox, lab.path('echo')), await connectWs(sandbox, lab.path('echo'))];
    expect((await lab.call('POST', 'restart', { code: 1012, downMs: 200 })).status).toBe(202);
    for (const { closed } of clients) expect(await closed).toEqual({ code: 1012, reason: 'restart' });
    const early = await connectRaw(sandbox);
    early.send(openingRequest(lab.path('echo'), hostOf(sandbox)));
    expect(await early.ended).toBe('rst');
    await lab.logUntil(
      (events) => events.filter((event) => event.type === 'conditions').at(-1)?.conditions.accept === true,
    );
    const after = await connectWs(sandbox, lab.path('echo'));
    after.socket.send('back');
    expect(await after.next()).toBe('back');
  });

  /** Waits for so long on the sandbox's own clock: until a script that does nothing is over. */
  async function pass(lab: TestLab, milliseconds: number): Promise<void> {
    const steps = [{ at: 0, what: { conditions: {} }, for: milliseconds }];
    await lab.call('POST', 'script', { steps });
    await waitFor('the script to be over', async () =>
      (await lab.status()).script === null ? true : undefined,
    );
  }

  it('is down until the later of two restarts is over', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'restart', { downMs: 100 });
    await lab.call('POST', 'restart', { downMs: 60_000 });
    await pass(lab, 300);
    expect((await lab.status()).conditions.accept).toBe(false);
    await lab.call('POST', 'restart', { downMs: 100 });
    await pass(lab, 300);
    expect((await lab.status()).conditions.accept).toBe(true);
  });

  it('does not bring up what has been shut down by hand since', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'restart', { downMs: 100 });
    await lab.call('PATCH', 'conditions', { accept: true });
    await lab.call('PATCH', 'conditions', { accept: false });
    await pass(lab, 300);
    expect((await lab.status()).conditions.accept).toBe(false);
  });

  it('needs no body, and refuses nonsense by name', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    expect((await lab.call('POST', 'restart')).status).toBe(202);
    for (const [body, field] of [
      [{ code: 1005 }, 'code'],
      [{ downMs: -1 }, 'downMs'],
      [{ overMs: 1e9 }, 'overMs'],
      [{ when: 'now' }, 'when'],
    ] as const) {
      const response = await lab.call('POST', 'restart', body);
      expect([response.status, (await response.text()).includes(field)]).toEqual([400, true]);
    }
  });
});

describe('POST /labs/<id>/message-fault', () => {
  it('drops the next message of a client, once', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await ordered(lab, { what: 'drop', from: 'client' });
    client.socket.send('lost');
    client.socket.send('kept');
    expect(await client.next()).toBe('kept');
    expect(imposes('message dropped')(await lab.log())).toBe(true);
  });

  it('is taken back by DELETE', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await ordered(lab, { what: 'drop', from: 'client' });
    expect((await lab.call('DELETE', 'message-fault')).status).toBe(204);
    client.socket.send('kept');
    expect(await client.next()).toBe('kept');
  });

  it('sends the next message of the server twice', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await ordered(lab, { what: 'duplicate', from: 'server', connection: 1 });
    client.socket.send('a');
    client.socket.send('b');
    expect([await client.next(), await client.next(), await client.next()]).toEqual(['a', 'a', 'b']);
  });

  it('lets the next message overtake, and does not keep one for ever that none follows', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await ordered(lab, { what: 'reorder', from: 'client' });
    client.socket.send('first');
    client.socket.send('second');
    expect([await client.next(), await client.next()]).toEqual(['second', 'first']);
    await ordered(lab, { what: 'reorder', from: 'client' });
    client.socket.send('alone');
    expect(await client.next()).toBe('alone');
  });

  it('is done by every service to its messages: the chat’s acknowledgement never comes', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('chat?name=Ada'));
    expect(await client.next()).toContain('"history"');
    await ordered(lab, { what: 'drop', from: 'server' });
    client.socket.send(JSON.stringify({ type: 'message', text: 'hi', clientId: 'c1' }));
    expect(await client.next()).toContain('"text":"hi"');
    const feed = await connectWs(sandbox, lab.path('feed'));
    await ordered(lab, { what: 'duplicate', from: 'server', connection: 2 });
    expect(await feed.next()).toBe(await feed.next());
  });

  it('is done by chance, too, to the messages that are meant', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('echo'));
    await lab.call('PATCH', 'conditions', { duplicateMessages: 1, messageDirection: 'client' });
    client.socket.send('twice');
    expect([await client.next(), await client.next()]).toEqual(['twice', 'twice']);
    await lab.call('PATCH', 'conditions', {
      duplicateMessages: 0,
      dropMessages: 1,
      messageDirection: 'server',
    });
    client.socket.send('never');
    await lab.logUntil(imposes('message dropped'));
    expect(client.socket.readyState).toBe(1);
  });
});

describe('POST /labs/<id>/script', () => {
  it('runs a timeline of faults, shows it while it runs, and leaves everything as it was', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PATCH', 'conditions', { latencyMs: 1 });
    const client = await connectWs(sandbox, lab.path('echo'));
    const steps = [
      { at: 0, what: { conditions: { frozen: 'both' } }, for: 150 },
      // Long after the thaw: on a busy machine both would be due at once.
      { at: 1500, what: { cut: { how: 'rst' } } },
      { at: 1520, what: { cut: { how: 'rst', connection: 99 } } },
    ];
    const response = await lab.call('POST', 'script', { name: 'mine', steps });
    expect(response.status).toBe(202);
    expect(await response.json()).toMatchObject({
      name: 'mine',
      steps,
      elapsedMs: expect.any(Number) as number,
    });
    expect((await lab.status()).conditions).toEqual({ ...perfectLink, latencyMs: 1, frozen: 'both' });
    client.socket.send('held in the tunnel');
    expect(await client.next()).toBe('held in the tunnel');
    expect((await client.closed).code).toBe(1006);
    await lab.logUntil((events) => events.filter(({ type }) => type === 'conditions').length >= 4);
    const { script, conditions } = await lab.status();
    expect({ script, conditions }).toEqual({ script: null, conditions: { ...perfectLink, latencyMs: 1 } });
  });

  it('is ended by DELETE, and by the next script', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    expect((await lab.call('POST', 'script', { preset: 'hotel-wifi' })).status).toBe(202);
    expect((await lab.status()).conditions.jitterMs).toBe(150);
    expect((await lab.call('POST', 'script', { preset: '60-second-proxy' })).status).toBe(202);
    expect((await lab.status()).conditions).toEqual({
      ...perfectLink,
      idleTimeoutMs: 60_000,
      idleAction: 'fin',
    });
    expect((await lab.call('DELETE', 'script')).status).toBe(204);
    const { script, conditions } = await lab.status();
    expect({ script, conditions }).toEqual({ script: null, conditions: perfectLink });
  });

  it('goes on until a server that it restarts is back, which is at once where it is ended before', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'script', { steps: [{ at: 0, what: { restart: { downMs: 60_000 } } }] });
    await lab.logUntil((events) =>
      events.some((event) => event.type === 'conditions' && !event.conditions.accept),
    );
    expect((await lab.status()).script?.name).toBe('my script');
    await lab.call('DELETE', 'script');
    const { script, conditions } = await lab.status();
    expect({ script, conditions }).toEqual({ script: null, conditions: perfectLink });
  });

  it('keeps what is set by hand while it runs', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'script', { preset: 'train-tunnel' });
    await lab.call('PATCH', 'conditions', { sliceBytes: 9 });
    expect((await lab.status()).conditions).toMatchObject({ sliceBytes: 9, latencyMs: 80 });
    await lab.call('DELETE', 'script');
    expect((await lab.status()).conditions).toEqual({ ...perfectLink, sliceBytes: 9 });
  });

  it('refuses nonsense, names it, and goes on with what ran', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'script', { preset: 'train-tunnel' });
    const response = await lab.call('POST', 'script', { steps: [{ at: 'soon', what: {} }] });
    expect([response.status, (await response.text()).includes('steps[0].at')]).toEqual([400, true]);
    expect((await lab.status()).script?.name).toBe('Train tunnel');
  });
});
