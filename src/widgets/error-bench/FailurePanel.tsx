import { useState } from 'react';
import { Press } from '../../ui/Press.tsx';
import { Choices } from '../bench/Choices.tsx';
import { fail, lift, stop, type ErrorRun } from './error-store.ts';
import { failures } from './failures.ts';

const phaseWords: Record<ErrorRun['phase'], string> = {
  opening: 'connecting …',
  failing: 'going on',
  over: 'over',
};

/** What shall go wrong, and the buttons for it. */
export function FailurePanel({ labId, run }: { labId: string | undefined; run: ErrorRun | undefined }) {
  const [chosen, setChosen] = useState('unauthorized');
  const [completed, setCompleted] = useState(false);
  const [problem, setProblem] = useState('');
  const failure = failures.find(({ id }) => id === chosen);
  const isGoing = run !== undefined && run.phase !== 'over';
  const attempt = (what: Promise<unknown>): void => {
    setProblem('');
    what.catch((error: unknown) => {
      setProblem(error instanceof Error ? error.message : String(error));
    });
  };
  return (
    <div className="panel error-panel">
      <Choices
        legend="What goes wrong?"
        name="failure"
        choices={failures}
        chosen={chosen}
        onChoose={setChosen}
      />
      <p className="panel-says">{failure?.says}</p>
      <label className="error-option">
        <input
          type="checkbox"
          checked={completed}
          onChange={({ target }) => {
            setCompleted(target.checked);
          }}
        />
        Give the snippet the three functions that it lacks
      </label>
      <div className="panel-row" role="group" aria-label="The failure">
        <Press
          primary
          label="Make it fail"
          disabled={labId === undefined || run?.phase === 'opening'}
          onPress={() => {
            if (labId !== undefined && failure) attempt(fail(failure, labId, completed));
          }}
        />
        <Press
          label="Lift it"
          disabled={labId === undefined || !isGoing || run.failure.impose === undefined}
          onPress={() => {
            if (labId !== undefined) attempt(lift(labId));
          }}
        />
        <Press label="Stop" disabled={!isGoing} onPress={stop} />
        <span className="panel-note" role="status">
          {run ? `${run.failure.label}: ${phaseWords[run.phase]}` : ''}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
    </div>
  );
}
