import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { $runs, byThemselves, run, stop } from './lie-store.ts';
import { LieTable } from './LieTable.tsx';

const paces = [500, 1000, 2000] as const;

/** The lie detector: runs the illnesses, and shows what each heartbeat made of them. */
export function TablePanel({ lab }: { lab: { id: string; echo: string } | undefined }) {
  const { running, phase, problem } = useStore($runs);
  const [everyMs, setEveryMs] = useState<number>(1000);
  return (
    <div className="panel">
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={!lab || running !== undefined}
          onClick={() => {
            if (lab) void run(byThemselves, lab, everyMs);
          }}
        >
          Run the first three
        </button>
        <button type="button" className="bench-button" disabled={running === undefined} onClick={stop}>
          Stop
        </button>
        <label className="select-option">
          Each asks every, and waits{' '}
          <select
            value={everyMs}
            disabled={running !== undefined}
            onChange={(event) => {
              setEveryMs(Number(event.target.value));
            }}
          >
            {paces.map((pace) => (
              <option key={pace} value={pace}>
                {pace / 1000} s
              </option>
            ))}
          </select>
        </label>
      </div>
      <p className="panel-note lie-phase" role="status">
        {running === undefined ? 'Four connections each time, and one layer watches each.' : `${phase} …`}
      </p>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <LieTable
        disabled={!lab}
        onRun={(illness) => {
          if (lab) void run([illness], lab, everyMs);
        }}
      />
      <p className="panel-note">
        ✓ told the truth, ✗ did not. Bytes are those of the frames, counted on the wire while all was well;
        TCP and IP headers come on top. A TCP probe with its answer is 104 bytes with those headers.
      </p>
    </div>
  );
}
