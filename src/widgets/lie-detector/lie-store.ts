import { atom } from 'nanostores';
import { illnesses, type Illness, type IllnessId } from './illnesses.ts';
import { runIllness, type Diagnosis } from './run-illness.ts';

/** What was measured, and what is under way. */
export interface Runs {
  seen: Readonly<Partial<Record<IllnessId, Diagnosis>>>;
  running: IllnessId | undefined;
  /** What happens now. */
  phase: string;
  problem: string;
}

/** The runs of this page. */
export const $runs = atom<Runs>({ seen: {}, running: undefined, phase: '', problem: '' });

let current: AbortController | undefined;

const change = (patch: Partial<Runs>): void => {
  $runs.set({ ...$runs.get(), ...patch });
};

/** Runs illnesses one after the other; does nothing while one runs. */
export async function run(
  which: readonly Illness[],
  lab: { id: string; echo: string },
  everyMs: number,
): Promise<void> {
  if (current) return;
  const controller = new AbortController();
  current = controller;
  try {
    for (const illness of which) {
      if (controller.signal.aborted) break;
      change({ running: illness.id, problem: '' });
      const diagnosis = await runIllness(illness, lab, everyMs, {
        signal: controller.signal,
        phase: (phase) => {
          change({ phase });
        },
      });
      if (diagnosis) change({ seen: { ...$runs.get().seen, [illness.id]: diagnosis } });
    }
  } catch (error) {
    change({ problem: error instanceof Error ? error.message : String(error) });
  } finally {
    current = undefined;
    change({ running: undefined, phase: '' });
  }
}

/** Those that need nobody to do something. */
export const byThemselves: readonly Illness[] = illnesses.filter(({ id }) => id !== 'hidden');

/** Stops what runs, and leaves nothing behind. */
export function stop(): void {
  current?.abort();
}
