import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../sandbox-server/limits.ts';
import { damagedStream, seeded } from '../protocol/damaged-streams.ts';
import { openLab } from '../support/open-lab.ts';
import { hostOf, openingRequest } from '../support/raw-client.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { waitFor } from '../support/wait-for.ts';
import { connectWs } from '../support/ws-client.ts';

const streams = 3000;
const atOnce = 40;
const maxLogBytes = 1024 * 1024;

describe(`${String(streams)} damaged connections to a live lab`, () => {
  it(
    'bring down nothing, leave nothing open, and keep the log within its bound',
    { timeout: 60_000 },
    async () => {
      const sandbox = await startSandbox({
        limits: {
          ...defaultLimits,
          maxNewConnectionsPerSecond: 1_000_000,
          maxLogBytes,
          maxLogEvents: 10_000,
        },
      });
      const lab = await openLab(sandbox);
      const next = seeded(7);
      const head = Buffer.from(openingRequest(lab.path('echo?deflate=1'), hostOf(sandbox)));

      /** A handshake, whole or damaged, and damaged traffic behind it. */
      const connectionBytes = (): Buffer => {
        const request = Buffer.from(head);
        if (next(4) === 0) request[next(request.length)] = next(256);
        return Buffer.concat([request, damagedStream(next)]);
      };
      const talk = async (): Promise<void> => {
        const socket = connect({ port: sandbox.port, host: '127.0.0.1' });
        socket.on('error', () => undefined);
        const closed = once(socket, 'close');
        socket.resume();
        socket.end(connectionBytes());
        await closed;
      };
      let left = streams;
      const talkOn = async (): Promise<void> => {
        while (left-- > 0) await talk();
      };
      await Promise.all(Array.from({ length: atOnce }, talkOn));

      const client = await connectWs(sandbox, lab.path('echo'));
      client.socket.send('still there?');
      expect(await client.next()).toBe('still there?');
      client.socket.close();
      await client.closed;
      await waitFor('all connections to be over', async () =>
        (await lab.status()).connections.length === 0 ? true : undefined,
      );
      expect((await lab.status()).log.bytes).toBeLessThanOrEqual(maxLogBytes);
      expect(sandbox.usage.logBytes).toBeLessThan(4 * maxLogBytes);
    },
  );
});
