import { describe, expect, it } from 'vitest';
import { explainedAndNot } from '../../../lessons/challenges/explained-and-not.ts';
import { openLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs, refusedUpgrade } from '../../support/ws-client.ts';
import { readLog } from '../../../src/derive/log-reader.ts';

describe('Explained, and not', () => {
  it('is passed by three codes of the server, and three ends without a word', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const judge = async () => {
      const log = readLog(
        await lab.logUntil((events) => events.filter(({ type }) => type === 'end').length >= ended),
      );
      return explainedAndNot.judge(log.connections, log);
    };
    let ended = 0;
    for (const cut of [
      { how: 'close', code: 1011 },
      { how: 'close', code: 4401 },
      { how: 'rst' },
      { how: 'fin' },
    ] as const) {
      const client = await connectWs(sandbox, lab.path('stream'));
      await lab.call('POST', 'cut', cut);
      await client.closed;
      ended++;
    }
    const client = await connectWs(sandbox, lab.path('stream'));
    client.socket.send('x'.repeat(20_000));
    expect((await client.closed).code).toBe(1009);
    ended++;
    const before = await judge();
    expect(before).toMatchObject({ passed: false, seen: ['Explained by the server: 1009, 1011, 4401.'] });
    expect(before.missing.join()).toContain('FIN, RST');
    await refusedUpgrade(sandbox, lab.path('echo?reject=401'));
    ended++;
    expect(await judge()).toMatchObject({ passed: true, missing: [] });
  });

  it('does not take the answer to a client’s Close for an explanation', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectWs(sandbox, lab.path('stream'));
    client.socket.close(4001);
    await client.closed;
    const log = readLog(await lab.logUntil((events) => events.some(({ type }) => type === 'end')));
    expect(explainedAndNot.judge(log.connections, log)).toMatchObject({ passed: false, seen: [] });
  });

  it('counts no code that may not stand on the wire', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const payloads = ['0000', '03ed', '5450', '1388', '03ee', '03f3'];
    for (const [index, payload] of payloads.entries()) {
      const client = await connectWs(sandbox, lab.path('stream'));
      client.socket.on('error', () => undefined);
      await lab.call('POST', 'inject', { bytes: `88 02 ${payload}` });
      await lab.call('POST', 'cut', { how: 'fin' });
      await client.closed;
      await lab.logUntil((events) => events.filter(({ type }) => type === 'end').length > index);
    }
    const log = readLog(await lab.logUntil((events) => events.some(({ type }) => type === 'end')));
    expect(explainedAndNot.judge(log.connections, log).missing).toContain(
      'Explained by the server: 1011; 3 different codes are needed.',
    );
  });

  it('says what to do where there is nothing', () => {
    expect(explainedAndNot.judge([]).missing).toHaveLength(2);
  });
});
