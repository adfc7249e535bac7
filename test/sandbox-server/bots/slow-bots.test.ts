import { describe, expect, it } from 'vitest';
import {
  parseReadersStatus,
  slowPolicies,
  type HeldFor,
  type ReadersStatus,
  type SlowBot,
  type SlowPolicy,
} from '../../../src/contract/readers.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

async function readersOf(lab: TestLab): Promise<ReadersStatus> {
  const status = parseReadersStatus(await (await lab.call('GET', 'readers')).json());
  if (!status.ok) throw new Error(`${status.field}: ${status.message}`);
  return status.value;
}

/** Waits until what the server says of the bots is as asked. */
const readersUntil = (
  lab: TestLab,
  what: string,
  isThere: (held: (slow: SlowPolicy) => HeldFor, bot: (slow: SlowPolicy) => SlowBot) => boolean,
): Promise<ReadersStatus> =>
  waitFor(what, async () => {
    const status = await readersOf(lab);
    const find = <T extends { slow: SlowPolicy }>(list: readonly T[], slow: SlowPolicy): T => {
      const found = list.findLast((one) => one.slow === slow);
      if (!found) throw new Error(`nobody with the policy ${slow}`);
      return found;
    };
    if (status.held.length < status.bots.length) return undefined;
    const there = isThere(
      (slow) => find(status.held, slow),
      (slow) => find(status.bots, slow),
    );
    return there ? status : undefined;
  });

const limits = { maxBufferedBytes: 200_000, maxStreamBufferedBytes: 600_000 };
const flood = { everyMs: 10, size: 65_536 };

describe('POST /labs/<id>/readers', () => {
  it('makes bots that do not read: the server keeps for each what its policy says, and for nobody else', async () => {
    const sandbox = await startSandbox({ limits });
    const lab = await openLab(sandbox);
    const quick = await connectWs(sandbox, lab.path('stream?slow=drop'));
    expect((await lab.call('POST', 'readers', { ...flood, stallMs: 30_000 })).status).toBe(202);
    const { held, bots } = await readersUntil(
      lab,
      'the bounds',
      (kept) =>
        kept('coalesce').replaced > 5 &&
        kept('drop').dropped > 0 &&
        !kept('disconnect').isOpen &&
        !kept('none').isOpen,
    );
    const peaks = Object.fromEntries(
      held.slice(1).map(({ slow, peakBufferedBytes }) => [slow, peakBufferedBytes]),
    ) as Record<SlowPolicy, number>;
    expect(Object.keys(peaks).toSorted()).toEqual([...slowPolicies].toSorted());
    // One message, and its header, may go beyond a bound.
    for (const slow of ['drop', 'coalesce', 'disconnect'] as const) {
      expect(peaks[slow]).toBeGreaterThan(limits.maxBufferedBytes);
      expect(peaks[slow]).toBeLessThan(limits.maxBufferedBytes + 66_000);
    }
    expect(peaks.none).toBeGreaterThan(limits.maxStreamBufferedBytes);
    expect(peaks.none).toBeLessThan(limits.maxStreamBufferedBytes + 66_000);
    expect(bots.every(({ messages }) => messages === 0)).toBe(true);
    expect(await quick.next()).toBe('message 1');
    expect(held[0]).toMatchObject({ conn: 1, isOpen: true, dropped: 0 });
    expect(held[0]?.sent).toBeGreaterThan(20);
  });

  it('lets them read again: what was dropped is missing, and the newest is there', async () => {
    const sandbox = await startSandbox({ limits });
    const lab = await openLab(sandbox);
    await lab.call('POST', 'readers', { ...flood, slow: ['coalesce', 'drop'], stallMs: 1500 });
    const { bots } = await readersUntil(
      lab,
      'the newest at those who slept',
      (held, bot) => bot('coalesce').newest > 150 && bot('drop').newest > 150 && held('drop').dropped > 0,
    );
    for (const bot of bots) {
      expect(bot).toMatchObject({ phase: 'reading', closeCode: null });
      expect(bot.missed).toBeGreaterThan(0);
    }
  });

  it('sends them home, and puts new ones in the place of those that there are', async () => {
    const sandbox = await startSandbox({ limits });
    const lab = await openLab(sandbox);
    const isAlone = (): Promise<true> =>
      waitFor('one connection', async () =>
        (await lab.status()).connections.length === 1 ? true : undefined,
      );
    await lab.call('POST', 'readers', { slow: ['drop', 'none'] });
    await lab.call('POST', 'readers', { slow: ['coalesce'] });
    await isAlone();
    expect((await readersOf(lab)).bots.map(({ slow }) => slow)).toEqual(['coalesce']);
    expect((await lab.call('DELETE', 'readers')).status).toBe(204);
    await waitFor('nobody', async () => ((await lab.status()).connections.length === 0 ? true : undefined));
    expect(await readersOf(lab)).toMatchObject({ bots: [{ phase: 'ended', closeCode: 1006 }] });
  });

  it('refuses nonsense by name', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const [body, field] of [
      [{ slow: [] }, 'slow'],
      [{ slow: ['none', 'die'] }, 'slow'],
      [{ everyMs: 0 }, 'everyMs'],
      [{ size: 1e9 }, 'size'],
      [{ stallMs: '1' }, 'stallMs'],
      [{ forever: true }, 'forever'],
    ] as const) {
      const response = await lab.call('POST', 'readers', body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(field);
    }
  });
});
