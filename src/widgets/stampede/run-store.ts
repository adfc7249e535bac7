import { atom } from 'nanostores';
import type { StampedeRequest, StampedeStatus } from '../../contract/stampede.ts';
import type { Comings } from '../../derive/arrivals.ts';
import { beginStampede, endStampede, stampedeStatus } from '../../lab/stampede-client.ts';
import { $ownTab, hush, joinCrowd, leaveCrowd, type OwnTab } from './own-tab.ts';

/** A stampede that is over, kept for comparison. */
export interface PastRun {
  status: StampedeStatus;
  comings: Comings;
  tab: OwnTab;
}

/** How far the stampede is that runs, or the last one was. */
export const $status = atom<StampedeStatus | null>(null);

/** Those that are over, the last one first. */
export const $pastRuns = atom<readonly PastRun[]>([]);

/** What went wrong, in words. */
export const $problem = atom<string | undefined>(undefined);

/** Most runs that are kept. */
const maxPastRuns = 6;

/** How often the sandbox is asked how far it is, ms. */
const askEveryMs = 250;
let asking: ReturnType<typeof setTimeout> | undefined;

/** Begins a stampede in a lab, and joins it with the page's own client. */
export async function begin(lab: { id: string; stream: string }, request: StampedeRequest): Promise<void> {
  $problem.set(undefined);
  try {
    await joinCrowd(lab.stream, request.comeback);
    $status.set(await beginStampede(lab.id, request));
    follow(lab.id);
  } catch (error) {
    leaveCrowd();
    $problem.set(error instanceof Error ? error.message : String(error));
  }
}

/** Sends everybody home. */
export async function end(labId: string): Promise<void> {
  leaveCrowd();
  await endStampede(labId).catch(() => undefined);
}

/** Keeps what a stampede came to; one with the same settings gives way to it. */
export function keep(run: PastRun): void {
  const others = $pastRuns.get().filter(({ status }) => settingsKey(status) !== settingsKey(run.status));
  $pastRuns.set([run, ...others].slice(0, maxPastRuns));
}

const settingsKey = ({ bots, comeback, code, overMs, downMs, acceptPerSecond }: StampedeRequest): string =>
  [bots, comeback, code, overMs, downMs, acceptPerSecond].join(' ');

/** The lab has gone, or the bench: nobody is asked any more. */
export function letGo(): void {
  clearTimeout(asking);
  leaveCrowd();
  $status.set(null);
  $pastRuns.set([]);
}

function follow(labId: string): void {
  clearTimeout(asking);
  asking = setTimeout(() => {
    stampedeStatus(labId).then(
      (status) => {
        $status.set(status);
        // The bots are through; the page's own client says what it had to say.
        if (status?.phase === 'over' && isSettled($ownTab.get())) return;
        if (status?.phase === 'over') hush();
        follow(labId);
      },
      () => {
        $problem.set('The sandbox does not answer any more.');
        leaveCrowd();
      },
    );
  }, askEveryMs);
}

/** Everything that the page said has been acknowledged, or its client has given up. */
export const isSettled = ({ isOpen, sent, acknowledged, acts }: OwnTab): boolean =>
  (isOpen && acknowledged >= sent) || acts.at(-1)?.what === 'final';
