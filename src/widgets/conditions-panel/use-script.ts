import { useEffect, useState } from 'react';
import { perfectLink, type Conditions } from '../../contract/conditions.ts';
import { durationOf, type FaultScript } from '../../contract/fault-script.ts';
import { conditionsSentence } from '../../derive/condition-words.ts';
import { waitWords } from '../../derive/condition-words.ts';
import { runningScript } from '../../lab/lab-client.ts';

/** A fault script that runs in the page's lab. */
export interface RunningScript extends FaultScript {
  /** When it began, by the page's clock (`performance.now()`), and how long it takes, ms. */
  beganAt: number;
  durationMs: number;
  /** How long it has run, ms. Moves on four times a second. */
  elapsedMs: number;
}

/** How often the time of a script that runs moves on, ms. */
const tickMs = 250;

/** A script that has ended is asked for once more after so long, ms, in case the log has not told of its end. */
const graceMs = 500;

/** What is left of a script, in words. */
export const scriptLeft = ({ durationMs, elapsedMs }: RunningScript): string =>
  `${waitWords(Math.ceil((durationMs - elapsedMs) / 1000) * 1000)} to go`;

/**
 * The fault script that runs in a lab, whoever started it. The wire log tells when one begins, turns or ends, since
 * each of that is a change of conditions; which one it is, the lab is asked. Nobody asks while the link is perfect and
 * the panel closed.
 */
export function useScript(
  labId: string | undefined,
  conditions: Conditions,
  isOpen: boolean,
): RunningScript | undefined {
  const [script, setScript] = useState<RunningScript>();
  const [asked, setAsked] = useState(0);
  // A script may pause on a perfect link: while one is known to run, its every turn is worth a question.
  const isWorthAsking =
    isOpen || script !== undefined || conditionsSentence(conditions) !== conditionsSentence(perfectLink);

  useEffect(() => {
    if (labId === undefined || !isWorthAsking) return undefined;
    let isCurrent = true;
    runningScript(labId).then(
      (running) => {
        if (!isCurrent) return;
        const { elapsedMs = 0 } = running ?? {};
        setScript(
          running
            ? {
                ...running,
                beganAt: performance.now() - elapsedMs,
                durationMs: durationOf(running),
                elapsedMs,
              }
            : undefined,
        );
      },
      () => {
        if (isCurrent) setScript(undefined);
      },
    );
    return () => {
      isCurrent = false;
    };
    // `conditions` is a new object at each change that the log tells of.
  }, [labId, conditions, isWorthAsking, asked]);

  const beganAt = script?.beganAt;
  const durationMs = script?.durationMs ?? 0;
  useEffect(() => {
    if (beganAt === undefined) return undefined;
    const timer = setInterval(() => {
      const elapsedMs = performance.now() - beganAt;
      if (elapsedMs > durationMs + graceMs) setAsked((count) => count + 1);
      setScript((known) => known && { ...known, elapsedMs: Math.min(elapsedMs, durationMs) });
    }, tickMs);
    return () => {
      clearInterval(timer);
    };
  }, [beganAt, durationMs]);

  return labId === undefined ? undefined : script;
}
