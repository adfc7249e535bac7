import { useEffect, useMemo, useRef, useState } from 'react';
import type { Conditions } from '../../contract/conditions.ts';
import { ConditionsSender } from '../../lab/conditions-sender.ts';
import { changeConditions } from '../../lab/lab-client.ts';

/** The conditions of a lab as a learner sees and sets them. */
export interface ConditionsInHand {
  /** What the wire log tells, with what was set and is not answered yet. */
  shown: Conditions;
  set: (patch: Partial<Conditions>) => void;
  /** Does something with the lab that may fail; where it does, `problem` says so. */
  attempt: (what: () => Promise<unknown>) => void;
  /** What went wrong last, in the sandbox's words. */
  problem: string | undefined;
}

/** Lets a learner set the conditions of a lab. */
export function useConditions(labId: string, conditions: Conditions): ConditionsInHand {
  const [pending, setPending] = useState<Partial<Conditions>>({});
  const [problem, setProblem] = useState<string>();
  const sender = useRef<ConditionsSender>(undefined);
  useEffect(() => {
    const made = new ConditionsSender({
      send: async (patch) => {
        await changeConditions(labId, patch);
        setProblem(undefined);
      },
      after(milliseconds, callback) {
        const timer = setTimeout(callback, milliseconds);
        return () => {
          clearTimeout(timer);
        };
      },
      changed: setPending,
      failed: (error) => {
        setProblem(problemWords(error));
      },
    });
    sender.current = made;
    return () => {
      made.close();
    };
  }, [labId]);
  return {
    shown: useMemo(() => ({ ...conditions, ...pending }), [conditions, pending]),
    set: (patch) => sender.current?.set(patch),
    attempt: (what) => {
      what().then(
        () => {
          setProblem(undefined);
        },
        (error: unknown) => {
          setProblem(problemWords(error));
        },
      );
    },
    problem,
  };
}

const problemWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));
