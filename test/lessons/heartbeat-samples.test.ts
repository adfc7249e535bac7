import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { beatAndHope } from '../../lessons/samples/beat-and-hope.js';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime, waitFor } from '../support/wait-for.ts';

it('beat-and-hope.js finds nothing in a black hole: the socket stays open, and send() says nothing', async () => {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const socket = new WebSocket(new URL(lab.path('echo'), sandbox.origin.replace(/^http/, 'ws')));
  const timers: NodeJS.Timeout[] = [];
  const keep = (run: () => void, milliseconds: number): void => {
    timers.push(setInterval(run, milliseconds));
  };
  onTestFinished(() => {
    for (const timer of timers) clearInterval(timer);
    socket.close();
  });
  await inTime('the connection', once(socket, 'open'));
  await lab.call('PATCH', 'conditions', { frozen: 'both' });
  let sent = 0;
  const page = {
    socket: {
      send(text: string) {
        socket.send(text);
        sent++;
      },
    },
  };
  beatAndHope(page, 10, keep as typeof setInterval);
  expect(await waitFor('ten heartbeats', () => (sent >= 10 ? sent : undefined))).toBeGreaterThanOrEqual(10);
  expect([socket.readyState, socket.bufferedAmount]).toEqual([WebSocket.OPEN, 0]);
  // The next connection adds one more, and nobody has cleared the first.
  beatAndHope(page, 10, keep as typeof setInterval);
  expect(timers).toHaveLength(2);
});
