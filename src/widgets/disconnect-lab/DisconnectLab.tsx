import { useState } from 'react';
import { cleanAndNot } from '../../../lessons/challenges/clean-and-not.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { causes } from './causes.ts';
import { CauseRow, type Guess } from './CauseRow.tsx';
import { useRuns } from './use-runs.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './disconnect-lab.css';

/** A matrix of causes and observers: guessed first, then measured on real connections. */
export function DisconnectLab() {
  const table = useWireLog();
  const { session, replay, log } = table;
  const [guesses, setGuesses] = useState<Readonly<Record<string, Guess>>>({});
  const lab = replay || session.status === 'offline' ? undefined : session.lab;
  const { seen, running, problem, run, runAll } = useRuns(lab);
  const done = causes.filter(({ id }) => seen[id] !== undefined && id !== running).length;

  return (
    <section className="bench disconnect-lab not-content" aria-label="Disconnect lab">
      <SessionBar title="Disconnect lab" session={session} replay={replay} />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!lab || running !== undefined}
          onClick={() => {
            void runAll();
          }}
        >
          Run all
        </button>
        <span className="panel-note" role="status">
          {running === undefined
            ? `${String(done)} of ${String(causes.length)} measured. Guess before you run.`
            : `Running: ${causes.find(({ id }) => id === running)?.label ?? ''} …`}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <table className="disconnect-matrix">
        <caption className="sr-only">Causes, your guess, and what each observer has seen</caption>
        <thead>
          <tr>
            <th scope="col">Cause</th>
            <th scope="col">Your guess</th>
            <th scope="col">Browser</th>
            <th scope="col">Server</th>
            <th scope="col">Wire</th>
          </tr>
        </thead>
        <tbody>
          {causes.map((cause) => (
            <CauseRow
              key={cause.id}
              cause={cause}
              guess={guesses[cause.id]}
              seen={seen[cause.id]}
              running={running === cause.id}
              disabled={!lab || running !== undefined}
              onGuess={(guess) => {
                setGuesses({ ...guesses, [cause.id]: guess });
              }}
              onRun={() => {
                void run(cause);
              }}
            />
          ))}
        </tbody>
      </table>
      <WireOnDemand table={table} />
      <ChallengeCard challenge={cleanAndNot} connections={replay ? [] : log.connections} />
    </section>
  );
}
