import { useState } from 'react';
import type { KnownLab } from '../../contract/lab.ts';
import { causes, type Cause } from './causes.ts';
import type { Observation } from './observation.ts';
import { runCause } from './run-cause.ts';

/** What was measured so far, and what measures more. */
export interface Runs {
  /** By the cause's id. */
  seen: Readonly<Record<string, Observation>>;
  /** The cause that is under way. */
  running: string | undefined;
  problem: string;
  run: (cause: Cause) => Promise<void>;
  /** One after the other, but for those that are run by themselves. */
  runAll: () => Promise<void>;
}

/** Runs causes on connections of a lab, one at a time, and keeps what was seen for the life of the page. */
export function useRuns(lab: KnownLab | undefined): Runs {
  const [seen, setSeen] = useState<Readonly<Record<string, Observation>>>({});
  const [running, setRunning] = useState<string>();
  const [problem, setProblem] = useState('');

  const run = async (cause: Cause): Promise<void> => {
    if (!lab) return;
    const note = (observation: Observation): void => {
      setSeen((all) => ({ ...all, [cause.id]: observation }));
    };
    setRunning(cause.id);
    setProblem('');
    try {
      note(await runCause(cause, lab, note));
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setRunning(undefined);
    }
  };
  const runAll = async (): Promise<void> => {
    for (const cause of causes) if (cause.byItself !== true) await run(cause);
  };
  return { seen, running, problem, run, runAll };
}
