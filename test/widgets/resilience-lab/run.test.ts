import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { markOf } from '../../../src/derive/mark-of.ts';
import { readLog } from '../../../src/derive/log-reader.ts';
import { totalsOf, type LedgerTotals } from '../../../src/derive/message-fate.ts';
import { messageLedger } from '../../../src/derive/message-ledger.ts';
import { clientOf } from '../../../src/widgets/resilience-lab/lab-client.ts';
import { labPresets } from '../../../src/widgets/resilience-lab/presets.ts';
import { createRuns, type RunState } from '../../../src/widgets/resilience-lab/run.ts';
import { bareSettings, withParts, type LabSettings } from '../../../src/widgets/resilience-lab/settings.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

const short = (settings: LabSettings): LabSettings => ({
  ...settings,
  everyMs: 50,
  lengthMs: 1000,
  reconnect: { ...settings.reconnect, firstMs: 50, baseMs: 50 },
});

/** Runs it in a lab of its own; `meanwhile` happens once some messages have come. */
async function play(settings: LabSettings, meanwhile: (lab: TestLab) => Promise<unknown>) {
  const sandbox = await startSandbox();
  vi.stubEnv('PUBLIC_SANDBOX_ORIGIN', sandbox.origin);
  const lab = await openLab(sandbox);
  const runs = createRuns();
  onTestFinished(() => {
    runs.clear();
  });
  await runs.start({ id: lab.id, stream: lab.path('stream') }, short(settings), clientOf(settings));
  const run = (): RunState => {
    const state = runs.$run.get();
    if (!state) throw new Error('the run has begun');
    return state;
  };
  const heard = (): number => run().beliefs.filter(({ what }) => what === 'applied').length;
  await waitFor('five messages', () => Promise.resolve(heard() >= 5 || undefined));
  await meanwhile(lab);
  await waitFor('the end of the run', () => Promise.resolve(run().phase === 'over' || undefined));
  return { lab, run: run(), totals: await totals(lab, run()) };
}

/** The totals of a run by the lab's log. */
async function totals(lab: TestLab, run: RunState): Promise<Record<'client' | 'server', LedgerTotals>> {
  const { connections, program } = readLog(await lab.log());
  const ledger = messageLedger({
    ...run,
    connections: connections.filter(({ path }) => path !== null && markOf(path) === run.mark),
    program,
    now: performance.now(),
    isOver: true,
    isAcknowledged: run.settings.acknowledgement.isOn,
    isResumed: run.settings.resume.isOn,
    lateMs: run.settings.lateMs,
  });
  return { client: totalsOf(ledger.client, 1000), server: totalsOf(ledger.server, 1000) };
}

const cut = (lab: TestLab): Promise<unknown> => lab.call('POST', 'cut', { how: 'rst' });

describe('A run of the resilience lab', () => {
  it('loses with a bare WebSocket whatever comes after a cut', async () => {
    const { totals: sums, run } = await play(labPresets.bare.settings, cut);
    expect(sums.client.lost).toBeGreaterThan(0);
    expect(sums.client.applied + sums.client.lost + sums.client.givenUp).toBe(run.sentCount);
    expect(sums.server.lost).toBeGreaterThan(0);
  });

  it('loses and doubles nothing with every part on', async () => {
    const { totals: sums, run } = await play(labPresets.everything.settings, cut);
    expect(sums.client).toMatchObject({ messages: run.sentCount, applied: run.sentCount, doubled: 0 });
    expect(sums.server).toMatchObject({ lost: 0, doubled: 0, underWay: 0 });
    expect(sums.server.applied).toBe(sums.server.messages);
  });

  it('counts what a service drops and doubles as the service itself tells it', async () => {
    const faults = { dropMessages: 0.2, duplicateMessages: 0.2, messageDirection: 'client' };
    const { totals: sums, lab } = await play(labPresets.bare.settings, (busy) =>
      busy.call('PATCH', 'conditions', faults),
    );
    const { imposed } = readLog(await lab.log());
    const count = (what: string): number => imposed.filter((event) => event.what === what).length;
    expect([sums.client.lost, sums.client.doubled]).toEqual([
      count('message dropped'),
      count('message duplicated'),
    ]);
  });

  it.each([
    ['does not come back with a token that has expired', false],
    ['comes back with a fresh token', true],
  ])('%s', { timeout: 20_000 }, async (_, isFresh) => {
    const tokenMs = 400;
    const plain = withParts(bareSettings, isFresh ? ['reconnect', 'renew'] : ['reconnect']);
    const settings = { ...plain, tokenMs, reconnect: { ...plain.reconnect, limit: 4 } };
    const { run, lab } = await play(settings, async (busy) => {
      const at = performance.now();
      await waitFor('the token to expire', () =>
        Promise.resolve(performance.now() - at > tokenMs || undefined),
      );
      await cut(busy);
    });
    const opened = run.beliefs.filter(({ what }) => what === 'open').length;
    expect(opened > 1).toBe(isFresh);
    expect(run.beliefs.some((belief) => belief.what === 'final' && belief.why === 'limit reached')).toBe(
      !isFresh,
    );
    const { connections } = readLog(await lab.log());
    expect(connections.some(({ path }) => path?.includes('/stream/token') === true)).toBe(true);
  });

  it('is forgotten with its lab, and its connection closed', async () => {
    const sandbox = await startSandbox();
    vi.stubEnv('PUBLIC_SANDBOX_ORIGIN', sandbox.origin);
    const lab = await openLab(sandbox);
    const runs = createRuns();
    const { settings } = labPresets.everything;
    await runs.start({ id: lab.id, stream: lab.path('stream') }, settings, clientOf(settings));
    await lab.logUntil((events) => events.some(({ type }) => type === 'open'));
    runs.clear();
    expect(runs.$run.get()).toBeUndefined();
    await lab.logUntil((events) => events.some(({ type }) => type === 'end'));
  });
});
