import { useState } from 'react';
import { faultPresets } from '../../contract/fault-presets.ts';
import { durationOf } from '../../contract/fault-script.ts';
import { waitWords } from '../../derive/condition-words.ts';
import { runScript, stopScript } from '../../lab/lab-client.ts';
import { ScriptTimeline } from './ScriptTimeline.tsx';
import type { ConditionsInHand } from './use-conditions.ts';
import type { RunningScript } from './use-script.ts';

export interface ScriptPanelProps {
  labId: string;
  /** The script that runs, whoever started it. */
  running: RunningScript | undefined;
  attempt: ConditionsInHand['attempt'];
}

/** Fault scripts named for life, each with its timeline, and where the one that runs stands. */
export function ScriptPanel({ labId, running, attempt }: ScriptPanelProps) {
  const [chosen, setChosen] = useState('train-tunnel');
  const preset = faultPresets[chosen];
  const shown = running ?? preset;
  return (
    <fieldset className="script-panel">
      <legend>A script of faults, run by the server</legend>
      <div className="script-presets">
        {Object.entries(faultPresets).map(([id, script]) => (
          <label key={id} className="check">
            <input
              type="radio"
              name="fault-script"
              checked={chosen === id}
              disabled={running !== undefined}
              onChange={() => {
                setChosen(id);
              }}
            />
            {script.name} <span className="condition-note">{waitWords(durationOf(script))}</span>
          </label>
        ))}
      </div>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button"
          disabled={running !== undefined}
          onClick={() => {
            attempt(() => runScript(labId, { preset: chosen }));
          }}
        >
          Run {preset?.name}
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={running === undefined}
          onClick={() => {
            attempt(() => stopScript(labId));
          }}
        >
          Stop the script
        </button>
      </div>
      {shown && <ScriptTimeline script={shown} elapsedMs={running?.elapsedMs} />}
    </fieldset>
  );
}
