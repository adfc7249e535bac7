import { durationOf, ownLengthOf, type FaultScript, type FaultStep } from '../../contract/fault-script.ts';
import { faultWords, waitWords } from '../../derive/condition-words.ts';

export interface ScriptTimelineProps {
  script: FaultScript;
  /** How long it has run, ms; `undefined` where it does not run. */
  elapsedMs: number | undefined;
}

/** The steps of a fault script, each as a bar on one scale of time, with its words. */
export function ScriptTimeline({ script, elapsedMs }: ScriptTimelineProps) {
  // What is done at once at the very end has to have some width, too.
  const wholeMs = Math.max(1, ...script.steps.map((step) => step.at + lengthOf(step, script))) * 1.02;
  const share = (milliseconds: number): string => `${String((milliseconds / wholeMs) * 100)}%`;
  const now = elapsedMs === undefined ? undefined : share(elapsedMs);
  return (
    <div className="script-timeline">
      <p className="script-name">
        <strong>{script.name}</strong>{' '}
        {elapsedMs === undefined
          ? `takes ${waitWords(durationOf(script))}`
          : `now at ${(elapsedMs / 1000).toFixed(1)} s of ${waitWords(durationOf(script))}`}
      </p>
      <ol>
        {script.steps.map((step, index) => (
          <li key={index} data-now={elapsedMs !== undefined && holds(step, elapsedMs, script)}>
            <span className="step-words">
              <span className="step-time">{timeWords(step)}</span> {faultWords(step.what)}
            </span>
            <span className="step-track" aria-hidden="true">
              <span
                className="step-bar"
                data-once={'cut' in step.what || 'message' in step.what}
                style={{
                  insetInlineStart: share(step.at),
                  width: share(lengthOf(step, script)),
                }}
              />
              {now !== undefined && <span className="step-now" style={{ insetInlineStart: now }} />}
            </span>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** How long a step lasts, ms: conditions without an end hold to the script's. */
const lengthOf = (step: FaultStep, script: FaultScript): number =>
  'conditions' in step.what && step.for === undefined ? durationOf(script) - step.at : ownLengthOf(step);

const holds = (step: FaultStep, elapsedMs: number, script: FaultScript): boolean =>
  elapsedMs >= step.at && elapsedMs < step.at + lengthOf(step, script);

const clock = (milliseconds: number): string => `${String(Math.round(milliseconds / 100) / 10)} s`;

function timeWords({ at, for: duration }: FaultStep): string {
  return duration === undefined ? clock(at) : `${String(Math.round(at / 100) / 10)}-${clock(at + duration)}`;
}
