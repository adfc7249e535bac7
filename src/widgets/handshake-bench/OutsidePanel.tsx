import { useState } from 'react';
import type { Conditions } from '../../contract/conditions.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { connect } from './bench-store.ts';
import type { ConnectOptions } from './connect-options.ts';

export interface OutsidePanelProps {
  labId: string | undefined;
  echo: string | undefined;
  options: ConnectOptions;
  /** What the link does now. */
  conditions: Conditions;
}

interface Trouble {
  id: string;
  label: string;
  says: string;
  upgrade: Conditions['upgrade'];
  reject: number | undefined;
}

const troubles: readonly Trouble[] = [
  {
    id: 'none',
    label: 'Nothing in the way',
    says: 'A plain connection, for comparison.',
    upgrade: 'pass',
    reject: undefined,
  },
  {
    id: 'strip',
    label: 'A proxy that strips Upgrade',
    says: 'It does not know WebSocket and removes what it takes for its own business.',
    upgrade: 'strip',
    reject: undefined,
  },
  {
    id: 'refuse',
    label: 'A proxy that refuses',
    says: 'It answers in the server’s place. The server never hears of you.',
    upgrade: 'refuse',
    reject: undefined,
  },
  { id: '401', label: 'Server: 401', says: 'Not logged in.', upgrade: 'pass', reject: 401 },
  {
    id: '403',
    label: 'Server: 403',
    says: 'Not allowed: a foreign Origin, for example.',
    upgrade: 'pass',
    reject: 403,
  },
  {
    id: '426',
    label: 'Server: 426',
    says: 'Another protocol or version is required.',
    upgrade: 'pass',
    reject: 426,
  },
  { id: '503', label: 'Server: 503', says: 'Overloaded, or about to restart.', upgrade: 'pass', reject: 503 },
];

/** What stands between a browser and its 101: proxies and servers that say no. */
export function OutsidePanel({ labId, echo, options, conditions }: OutsidePanelProps) {
  const [chosen, setChosen] = useState('strip');
  const [problem, setProblem] = useState<string>();
  const trouble = troubles.find(({ id }) => id === chosen);

  const impose = async (upgrade: Conditions['upgrade']): Promise<boolean> => {
    if (labId === undefined) return false;
    try {
      if (conditions.upgrade !== upgrade) await changeConditions(labId, { upgrade });
      setProblem(undefined);
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    }
  };
  const run = async (): Promise<void> => {
    if (!trouble || echo === undefined || !(await impose(trouble.upgrade))) return;
    connect(echo, { ...options, reject: trouble.reject });
  };

  return (
    <div className="panel">
      <fieldset className="troubles">
        <legend>What should be in the way?</legend>
        {troubles.map(({ id, label, says }) => (
          <label key={id}>
            <input
              type="radio"
              name="trouble"
              checked={chosen === id}
              onChange={() => {
                setChosen(id);
              }}
            />
            <span>
              <strong>{label}</strong> {says}
            </span>
          </label>
        ))}
      </fieldset>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined}
          onClick={() => {
            void run();
          }}
        >
          Connect into it
        </button>
        {conditions.upgrade !== 'pass' && (
          <>
            <span className="imposed">
              Imposed on every connection of this lab: upgrade {conditions.upgrade}
            </span>
            <button
              type="button"
              className="bench-button"
              onClick={() => {
                void impose('pass');
              }}
            >
              Lift it
            </button>
          </>
        )}
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
    </div>
  );
}
