import { atom, type ReadableAtom } from 'nanostores';
import { measuredCosts, type MeasuredRun } from '../../derive/break-even.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { $session } from '../../lab/session-store.ts';
import { deliveredOf, Race, type RaceView } from './race.ts';
import { defaultOptions, type RaceOptions } from './race-options.ts';

/** How often the numbers are worked out anew, ms. The dots move with every frame. */
const viewEveryMs = 250;

/** How often the server is asked what it has done, ms. */
const askEveryMs = 1000;

/** How long a race goes on by itself, ms: what it keeps is bounded by that. */
const longestRaceMs = 180_000;

/** How long the wire log may take to tell the last that happened, ms: a busy page reads it later than it crossed. */
const longestSettleMs = 15_000;

/** How many runs are kept, the newest. */
const mostRuns = 12;

/** A race that is over. */
export interface PastRun {
  /** 1, 2, 3 … on this page. */
  number: number;
  view: RaceView;
  measured: MeasuredRun;
}

/** How it stands with the race of this page. */
export interface RaceState {
  phase: 'idle' | 'starting' | 'running' | 'stopping' | 'over';
  /** Why it could not begin. */
  problem: string | undefined;
  /** The race that runs, or the last one. */
  race: Race | undefined;
  view: RaceView | undefined;
}

const $state = atom<RaceState>({ phase: 'idle', problem: undefined, race: undefined, view: undefined });
const $pastRuns = atom<readonly PastRun[]>([]);
let runs = 0;
/** Gives the link the delay back that it had before a race set its own. */
let giveDelayBack: () => Promise<unknown> = () => Promise.resolve();
let viewing: ReturnType<typeof setInterval> | undefined;
let asking: ReturnType<typeof setInterval> | undefined;

export const $race: ReadableAtom<RaceState> = $state;
export const $runs: ReadableAtom<readonly PastRun[]> = $pastRuns;

/** What the sliders say. */
export const $options = atom<RaceOptions>(defaultOptions);

const change = (part: Partial<RaceState>): void => {
  $state.set({ ...$state.get(), ...part });
};

const refresh = (race: Race): void => {
  const { lab, log } = $session.get();
  // The log of another lab, which the learner has left this one for, says nothing of this race.
  if (lab?.id === race.labId) change({ view: race.view(log) });
};

/** Begins a race with what the sliders say. */
export async function startRace(labId: string): Promise<void> {
  if (!['idle', 'over'].includes($state.get().phase)) return;
  const options = $options.get();
  change({ phase: 'starting', problem: undefined });
  try {
    await imposeDelay(labId, options.latencyMs);
    const race = await Race.start(labId, options, $session.get().log);
    change({ phase: 'running', race, view: race.view($session.get().log) });
    viewing = setInterval(() => {
      refresh(race);
      if (($state.get().view?.elapsedMs ?? 0) > longestRaceMs) void stopRace();
    }, viewEveryMs);
    asking = setInterval(() => {
      // A question that fails leaves the last answer standing.
      void race.askServer($session.get().log).catch(() => undefined);
    }, askEveryMs);
  } catch (error) {
    change({ phase: 'idle', problem: wordsOf(error) });
    await giveDelayBack().catch(() => undefined);
  }
}

async function imposeDelay(labId: string, latencyMs: number): Promise<void> {
  const before = $session.get().log.conditions.latencyMs;
  giveDelayBack = () => Promise.resolve();
  if (latencyMs === before) return;
  giveDelayBack = () => changeConditions(labId, { latencyMs: before });
  await changeConditions(labId, { latencyMs });
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Ends the race, gives the link the delay back that it had, and keeps what it has shown. */
export async function stopRace(): Promise<void> {
  const { race, phase } = $state.get();
  if (!race || phase !== 'running') return;
  change({ phase: 'stopping' });
  clearInterval(asking);
  // The one is done even where the other fails.
  for (const done of await Promise.allSettled([race.stop($session.get().log), giveDelayBack()])) {
    if (done.status === 'rejected') change({ problem: wordsOf(done.reason) });
  }
  await allTold(race);
  clearInterval(viewing);
  refresh(race);
  change({ phase: 'over' });
  const { view } = $state.get();
  if (view) keep(view);
}

/** Waits until the wire log has told what the race has carried; not for ever, and not for one that the page has left. */
function allTold(race: Race): Promise<void> {
  return new Promise((resolve) => {
    const over = (): void => {
      clearTimeout(timer);
      stopLooking();
      resolve();
    };
    const timer = setTimeout(over, longestSettleMs);
    const stopLooking = $session.listen(({ lab, log }) => {
      if (lab?.id !== race.labId || race.isTold(log)) over();
    });
    const { lab, log } = $session.get();
    if (lab?.id !== race.labId || race.isTold(log)) over();
  });
}

function keep(view: RaceView): void {
  const wayMs = view.latencies.webSocket.median ?? view.latencies.events.median;
  if (wayMs === undefined) return;
  const measured = {
    costs: measuredCosts(view.ledger, deliveredOf(view)),
    // Two clocks that are compared may say that a message came before it was born.
    wayMs: Math.max(0, wayMs),
  };
  $pastRuns.set([...$pastRuns.get(), { number: ++runs, view, measured }].slice(-mostRuns));
}
