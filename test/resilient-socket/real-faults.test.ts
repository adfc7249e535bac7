import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { FaultStep } from '../../src/contract/fault-script.ts';
import { ResilientSocket } from '../../src/resilient-socket/resilient-socket.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { waitFor } from '../support/wait-for.ts';

const scripts: Record<string, FaultStep[]> = {
  'a reset and a FIN': [
    { at: 100, what: { cut: { how: 'rst' } } },
    { at: 500, what: { cut: { how: 'fin' } } },
  ],
  'a silent network': [{ at: 100, what: { conditions: { frozen: 'both' } }, for: 900 }],
  'a middlebox that forgets': [
    { at: 100, what: { conditions: { idleTimeoutMs: 30, idleAction: 'drop' } }, for: 200 },
  ],
  'a bad network': [
    {
      at: 0,
      what: { conditions: { latencyMs: 20, jitterMs: 30, sliceBytes: 7, cutAfterBytes: 3000 } },
      for: 1000,
    },
  ],
  'a service that drops, duplicates and reorders': [
    {
      at: 0,
      what: { conditions: { dropMessages: 0.1, duplicateMessages: 0.1, reorderMessages: 0.1 } },
      for: 1000,
    },
  ],
};

describe('ResilientSocket through real faults', () => {
  it.each(Object.entries(scripts))(
    '%s: nothing is lost, nothing is applied twice, and order is kept',
    { timeout: 20_000 },
    async (_, steps) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const socket = new ResilientSocket(
        `${sandbox.origin.replace('http', 'ws')}${lab.path('stream?every=20')}`,
        {
          WebSocket,
          reconnect: { firstMs: 50, baseMs: 50, capMs: 200, attemptMs: 1000 },
          heartbeat: { everyMs: 100, deadlineMs: 300 },
          acknowledgement: { resendAfterMs: 300, maxUnacknowledged: 20 },
          resume: true,
          dedupe: true,
        },
      );
      onTestFinished(() => {
        socket.close();
      });
      const offsets: number[] = [];
      const acknowledged: number[] = [];
      const snapshots: number[] = [];
      const finals: string[] = [];
      socket.on('message', ({ offset }) => offsets.push(offset ?? Number.NaN));
      socket.on('acknowledged', ({ number }) => acknowledged.push(number));
      socket.on('final', ({ why }) => finals.push(why));
      socket.on('snapshot', ({ offset }) => snapshots.push(offset));
      await waitFor('the first message', () => Promise.resolve(offsets.length > 0 || undefined));

      expect((await lab.call('POST', 'script', { steps })).status).toBe(202);
      let sent = 0;
      const isOver = async (): Promise<true | undefined> => {
        expect(socket.send(`mine ${String(++sent)}`).result).not.toBe('refused');
        return (await lab.status()).script === null ? true : undefined;
      };
      await waitFor('the script to be over', isOver);
      await waitFor('all to be acknowledged', () =>
        Promise.resolve(acknowledged.length === sent ? true : undefined),
      );
      expect(acknowledged).toEqual(Array.from({ length: sent }, (__, index) => index + 1));
      const [first = 0] = offsets;
      expect(offsets).toEqual(offsets.map((__, index) => first + index));
      expect({ snapshots, finals }).toEqual({ snapshots: [], finals: [] });
    },
  );

  it('goes on with a server that was restarted and has forgotten everything', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const socket = new ResilientSocket(`${sandbox.origin.replace('http', 'ws')}${lab.path('stream')}`, {
      WebSocket,
      reconnect: { firstMs: 50, baseMs: 50, capMs: 200 },
      acknowledgement: {},
    });
    onTestFinished(() => {
      socket.close();
    });
    const acknowledged: number[] = [];
    socket.on('acknowledged', ({ number }) => acknowledged.push(number));
    const areAcknowledged = (count: number) => () =>
      Promise.resolve(acknowledged.length === count || undefined);
    socket.send('one');
    socket.send('two');
    await waitFor('two acknowledgements', areAcknowledged(2));
    await lab.call('POST', 'restart', { downMs: 0 });
    await waitFor('the end', () => Promise.resolve(socket.state === 'waiting' || undefined));
    socket.send('three');
    await waitFor('the third acknowledgement', areAcknowledged(3));
    expect(acknowledged).toEqual([1, 2, 3]);
  });
});
