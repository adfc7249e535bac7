import { once } from 'node:events';
import { expect, it, onTestFinished, vi } from 'vitest';
import { keepAlive } from '../../lessons/samples/keep-alive.js';
import type { Conditions } from '../../src/contract/conditions.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime } from '../support/wait-for.ts';

/** A browser's kind of WebSocket to an echo on whose way something is imposed. */
async function connectThrough(conditions: Partial<Conditions>): Promise<WebSocket> {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  await lab.call('PATCH', 'conditions', conditions);
  const socket = new WebSocket(new URL(lab.path('echo'), sandbox.origin.replace(/^http/, 'ws')));
  onTestFinished(() => {
    socket.close();
  });
  await inTime('the connection', once(socket, 'open'));
  return socket;
}

const never = (): void => {
  throw new Error('gave up on a living connection');
};

it('keep-alive.js keeps a connection through a proxy that hangs up on the silent', async () => {
  const socket = await connectThrough({ idleTimeoutMs: 1000, idleAction: 'fin' });
  const stop = keepAlive(socket, { everyMs: 100, patienceMs: 60_000, onSilence: never });
  const began = performance.now();
  while (performance.now() - began < 1500) await inTime('an echo', once(socket, 'message'));
  expect(socket.readyState).toBe(WebSocket.OPEN);
  stop();
  const [{ code }] = (await inTime('the end of a silent connection', once(socket, 'close'))) as [CloseEvent];
  expect(code).toBe(1006);
});

it('keep-alive.js finds out that a box has forgotten the connection, which send() does not say', async () => {
  const socket = await connectThrough({ idleTimeoutMs: 50, idleAction: 'drop' });
  const silentMs = await inTime(
    'the silence',
    new Promise<number>((resolve) => {
      keepAlive(socket, { everyMs: 200, patienceMs: 300, onSilence: resolve });
    }),
  );
  expect(silentMs).toBeGreaterThan(500);
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

it('keep-alive.js stops with its socket', async () => {
  const socket = await connectThrough({});
  const set = vi.spyOn(globalThis, 'setInterval');
  const clear = vi.spyOn(globalThis, 'clearInterval');
  keepAlive(socket, { everyMs: 20, patienceMs: 60_000, onSilence: never });
  const timer: unknown = set.mock.results[0]?.value;
  await inTime('an echo', once(socket, 'message'));
  expect(clear).not.toHaveBeenCalledWith(timer);
  socket.close();
  await inTime('the close', once(socket, 'close'));
  expect(clear).toHaveBeenCalledWith(timer);
});
