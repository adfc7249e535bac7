import type { Page } from '@playwright/test';

/** What of an event of Chromium's trace is read here. Times are microseconds. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  /** Time of the thread that it took, without what the machine did for others meanwhile. */
  tdur?: number;
  args: { name?: string };
}

/**
 * What each task of the page's main thread has cost while `act` ran, by Chromium's own trace: ms of processor time, the
 * most first. Unlike the time on the clock, it does not depend on what else the machine was doing.
 */
export async function taskCosts(page: Page, act: () => Promise<void>): Promise<number[]> {
  const browser = page.context().browser();
  if (!browser) throw new Error('the page has no browser of its own');
  await browser.startTracing(page, { categories: ['toplevel', 'disabled-by-default-devtools.timeline'] });
  let trace: Buffer;
  try {
    await act();
  } finally {
    trace = await browser.stopTracing();
  }
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
  );
  return traceEvents
    .filter(
      ({ name, pid, tid }) => name.endsWith('RunTask') && mainThreads.has(`${String(pid)} ${String(tid)}`),
    )
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((one, other) => other - one);
}
