import type { Belief } from '../../derive/belief.ts';
import type { RunState } from './run.ts';

export interface RunBarProps {
  run: RunState | undefined;
  /** The page's clock, as of the last drawing. */
  now: number;
  /** Why no run can begin now. */
  problem: string | undefined;
  onStart: () => void;
  onStop: () => void;
}

/** Begins and ends a run, and says how it stands. */
export function RunBar({ run, now, problem, onStart, onStop }: RunBarProps) {
  const isRunning = run !== undefined && run.phase !== 'over';
  return (
    <div className="lab-run panel-row" role="group" aria-label="The run">
      <button
        type="button"
        className="bench-button primary"
        disabled={isRunning || problem !== undefined}
        onClick={onStart}
      >
        Start the run
      </button>
      <button type="button" className="bench-button" disabled={!isRunning} onClick={onStop}>
        {run?.phase === 'settling' ? 'End it now' : 'Stop sending'}
      </button>
      <span className="lab-state" data-state={run ? stateOf(run.beliefs) : 'none'} role="status">
        {run ? stateOf(run.beliefs) : 'no run yet'}
      </span>
      <span className="lab-time">{run ? phaseWords(run, now) : ''}</span>
      {problem !== undefined && (
        <p className="panel-error" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

/** What the client is doing, by the last that was heard of its connection. */
function stateOf(beliefs: readonly Belief[]): string {
  const last = beliefs.findLast(({ what }) => Object.hasOwn(states, what));
  return (last && states[last.what]) ?? 'closed';
}

const states: Partial<Record<Belief['what'], string>> = {
  connecting: 'connecting',
  open: 'open',
  end: 'closed',
  retry: 'waiting',
  final: 'closed',
};

const seconds = (milliseconds: number): string => `${(Math.max(0, milliseconds) / 1000).toFixed(1)} s`;

function phaseWords({ phase, beganAt, endedAt, settings }: RunState, now: number): string {
  if (phase === 'running') return `${seconds(now - beganAt)} of ${seconds(settings.lengthMs)}`;
  if (phase === 'settling') return 'sends nothing more; what is under way may still arrive';
  return `over after ${seconds((endedAt ?? now) - beganAt)}`;
}
