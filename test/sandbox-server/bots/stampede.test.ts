import { describe, expect, it } from 'vitest';
import { comebacks, type StampedeStatus } from '../../../src/contract/stampede.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';

async function statusOf(lab: TestLab): Promise<StampedeStatus | null> {
  return ((await (await lab.call('GET', 'stampede')).json()) as { stampede: StampedeStatus | null }).stampede;
}

describe('POST /labs/<id>/stampede', () => {
  it.each(comebacks)(
    'bots hold connections, lose them at once, and come back: %s',
    { timeout: 20_000 },
    async (comeback) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      expect(await statusOf(lab)).toBeNull();
      const response = await lab.call('POST', 'stampede', { bots: 20, comeback, downMs: 50 });
      expect(response.status).toBe(202);
      await lab.logUntil((events) =>
        events.some((event) => event.type === 'conditions' && !event.conditions.accept),
      );
      const killed = await waitFor('the kill', async () => {
        const status = await statusOf(lab);
        return status?.killedAt === null ? undefined : status;
      });
      expect(killed).toMatchObject({ phase: 'coming back', bots: 20, comeback });
      const opened = (await lab.log()).filter(({ type }) => type === 'open').length;
      expect(opened).toBeGreaterThanOrEqual(20);
    },
  );

  it('is over when all are back, and leaves no connection', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'stampede', { bots: 5, comeback: 'fixed', downMs: 0 });
    const over = await waitFor('the end', async () => {
      const status = await statusOf(lab);
      return status?.phase === 'over' ? status : undefined;
    });
    expect(over.allBackAt).toBeGreaterThan(over.killedAt ?? Number.POSITIVE_INFINITY);
    await waitFor('all connections to be over', async () =>
      (await lab.status()).connections.length === 0 ? true : undefined,
    );
  });

  it('takes back so many a second, in a line, and lifts that when it is over', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'stampede', { bots: 6, comeback: 'fixed', downMs: 0, acceptPerSecond: 10 });
    await waitFor('the end', async () => ((await statusOf(lab))?.phase === 'over' ? true : undefined));
    const events = await lab.log();
    const killedSeq =
      events.find((event) => event.type === 'conditions' && !event.conditions.accept)?.seq ?? 0;
    const upSeq =
      events.find((event) => event.type === 'conditions' && event.conditions.accept && event.seq > killedSeq)
        ?.seq ?? 0;
    const answers = events.filter(
      (event) => event.type === 'bytes' && event.from === 'server' && event.seq > upSeq,
    );
    const firsts = new Map(answers.toReversed().map((event) => ['conn' in event ? event.conn : 0, event.at]));
    const times = [...firsts.values()].toSorted((one, other) => one - other);
    expect(times).toHaveLength(6);
    // Six came at once; at ten a second the last is answered half a second after the first, less what was caught up.
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
    await waitFor('the cap to be lifted', async () =>
      (await lab.log()).findLast((event) => event.type === 'conditions')?.conditions.acceptPerSecond === 0
        ? true
        : undefined,
    );
  });

  it.each([
    [null, 'rst'],
    [1001, 'fin'],
  ])('ends them with %s', async (code, how) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'stampede', { bots: 3, code, downMs: 0 });
    const events = await lab.logUntil(
      (all) => all.filter((event) => event.type === 'end' && event.by !== 'client').length >= 3,
    );
    const ends = events.filter((event) => event.type === 'end' && event.by !== 'client');
    expect(ends.map((event) => event.type === 'end' && event.how)).toEqual([how, how, how]);
  });

  it('finds nobody away where another server is up', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('POST', 'stampede', {
      bots: 5,
      comeback: 'fixed',
      code: 1012,
      overMs: 300,
      downMs: null,
    });
    await waitFor('the end', async () => ((await statusOf(lab))?.phase === 'over' ? true : undefined));
    const opened = (await lab.log()).filter(({ type }) => type === 'open').length;
    expect(opened).toBe(10);
  });

  it('runs one at a time, and ends when told to, or with its lab', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    expect((await lab.call('POST', 'stampede', { bots: 10, downMs: 30_000 })).status).toBe(202);
    expect((await lab.call('POST', 'stampede')).status).toBe(409);
    expect((await lab.call('DELETE', 'stampede')).status).toBe(204);
    expect((await statusOf(lab))?.phase).toBe('over');
    expect((await lab.call('POST', 'stampede', { bots: 10, downMs: 30_000 })).status).toBe(202);
    expect((await lab.call('DELETE')).status).toBe(204);
    await waitFor('all connections to be over', () => (sandbox.usage.connections <= 2 ? true : undefined));
  });

  it('refuses nonsense by name', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    for (const [body, field] of [
      [{ bots: 0 }, 'bots'],
      [{ bots: 1e6 }, 'bots'],
      [{ comeback: 'never' }, 'comeback'],
      [{ downMs: -1 }, 'downMs'],
      [{ horses: 5 }, 'horses'],
    ] as const) {
      const response = await lab.call('POST', 'stampede', body);
      expect([response.status, (await response.text()).includes(field)]).toEqual([400, true]);
    }
    expect(await lab.log()).toEqual([]);
  });
});
