import { freshAddress } from '../../../lessons/samples/fresh-address.js';
import { atom, type ReadableAtom } from 'nanostores';
import type { Belief } from '../../derive/belief.ts';
import { runScript, stopScript } from '../../lab/lab-client.ts';
import { sandboxOrigin, socketAddress } from '../../lab/sandbox-origin.ts';
import { newMark } from '../bench/stream-mark.ts';
import type { Addresses, ClientMaker, LabClient, Told } from './lab-client.ts';
import type { LabSettings } from './settings.ts';

/** How far a run is: messages are sent, what is under way may still arrive, or it is over. */
export type RunPhase = 'running' | 'settling' | 'over';

/** A run of the lab. A new object at each change; times are ms by the page's own clock. */
export interface RunState {
  phase: RunPhase;
  /** Tells the connections and the messages of this run from all others. */
  mark: string;
  settings: LabSettings;
  beganAt: number;
  /** No more messages were sent from then on. */
  stoppedAt: number | undefined;
  endedAt: number | undefined;
  /** Messages that the page was to send. */
  sentCount: number;
  /** Everything that the page's script did or was told. Only ever grows. */
  beliefs: readonly Belief[];
}

/** The runs of a lab, one at a time. */
export interface LabRuns {
  /** The one that runs, or the last. */
  $run: ReadableAtom<RunState | undefined>;
  /** Begins one; one that runs is ended. Throws what the client and the lab's client throw. */
  start(lab: { id: string; stream: string }, settings: LabSettings, client: ClientMaker): Promise<void>;
  /** Sends nothing more; called again, ends it at once. */
  stop: () => void;
  /** Ends it at once. */
  end(): void;
  /** Ends it, and forgets it: the lab that it ran in is gone, and its wire log with it. */
  clear(): void;
}

/** What is under way at the end gets at least so long to arrive, and at most so long where something is still pending; ms. */
const shortestSettleMs = 1500;
const longestSettleMs = 10_000;
/** So often is looked whether all has settled, ms. */
const lookEveryMs = 100;

/** Makes the runs of one widget. */
export function createRuns(): LabRuns {
  const $run = atom<RunState | undefined>(undefined);
  let current: { client: LabClient; stop: () => void; end: () => void } | undefined;
  let starts = 0;
  return {
    $run,
    async start(lab, settings, makeClient) {
      current?.end();
      const start = ++starts;
      const mark = newMark();
      const addresses = await addressesOf(lab.stream, mark, settings);
      // Meanwhile another may have been begun, or the lab may be gone.
      if (start !== starts) return;
      const run = beginRun($run, lab, settings, (tell) => makeClient(addresses, mark, tell), mark);
      current = run;
      if (settings.script !== '') await runScript(lab.id, { preset: settings.script });
    },
    stop: () => current?.stop(),
    end: () => current?.end(),
    clear() {
      starts++;
      current?.end();
      current = undefined;
      $run.set(undefined);
    },
  };
}

/** Where the stream of a run is; with a token, where its server is to ask for one. */
async function addressesOf(stream: string, mark: string, settings: LabSettings): Promise<Addresses> {
  const query = new URLSearchParams({ every: String(settings.everyMs), mark });
  if (settings.resume.isOn) query.set('hold', String(settings.resume.hold));
  const address = socketAddress(`${stream}?${query.toString()}`);
  const fresh = async (): Promise<string> => {
    if (settings.tokenMs === 0) return address;
    return freshAddress(
      address,
      new URL(`${stream}/token?lasts=${String(settings.tokenMs)}`, sandboxOrigin()).href,
    );
  };
  return { first: await fresh(), fresh };
}

function beginRun(
  $run: ReturnType<typeof atom<RunState | undefined>>,
  lab: { id: string; stream: string },
  settings: LabSettings,
  makeClient: (tell: (told: Told) => void) => LabClient,
  mark: string,
) {
  const beliefs: Belief[] = [];
  let state: RunState = {
    phase: 'running',
    mark,
    settings,
    beganAt: performance.now(),
    stoppedAt: undefined,
    endedAt: undefined,
    sentCount: 0,
    beliefs,
  };
  const change = (changed: Partial<RunState>): void => {
    state = { ...state, ...changed };
    $run.set(state);
  };
  const tell = (told: Told): void => {
    if (state.phase === 'over') return;
    beliefs.push({ at: performance.now(), ...told });
    change({});
  };
  const client = makeClient(tell);
  change({});

  const timers = new Set<ReturnType<typeof setInterval>>();
  const clear = (): void => {
    for (const timer of timers) clearInterval(timer);
    timers.clear();
  };
  const end = (): void => {
    if (state.phase === 'over') return;
    clear();
    if (state.stoppedAt === undefined) settle();
    clear();
    client.close();
    change({ phase: 'over', endedAt: performance.now() });
  };
  const settle = (): void => {
    clear();
    const stoppedAt = performance.now();
    change({ phase: 'settling', stoppedAt });
    // Where it is over by itself, the lab has nothing to stop.
    if (settings.script !== '') void stopScript(lab.id).catch(() => undefined);
    timers.add(
      setInterval(() => {
        const elapsedMs = performance.now() - stoppedAt;
        const isQuiet = client.state === 'closed' || (client.state === 'open' && client.pendingCount === 0);
        if ((isQuiet && elapsedMs >= shortestSettleMs) || elapsedMs >= longestSettleMs) end();
      }, lookEveryMs),
    );
  };
  timers.add(
    setInterval(() => {
      if (performance.now() - state.beganAt >= settings.lengthMs) settle();
      else {
        const number = state.sentCount + 1;
        change({ sentCount: number });
        client.send(number);
      }
    }, settings.everyMs),
  );
  return {
    client,
    end,
    stop: () => {
      if (state.phase === 'running') settle();
      else end();
    },
  };
}
