import { useState } from 'react';
import { cut, restartServer } from '../../lab/lab-client.ts';
import type { ConditionsInHand } from './use-conditions.ts';

export interface EndingsProps {
  labId: string;
  /** The connection that is cut; all where it is left out. */
  connection: number | undefined;
  attempt: ConditionsInHand['attempt'];
  onReset: () => void;
}

const hows = { rst: 'RST', fin: 'FIN' } as const;

/** What is done at once: a cut, a restart of the server, and all as on a perfect link again. */
export function Endings({ labId, connection, attempt, onReset }: EndingsProps) {
  const [how, setHow] = useState<keyof typeof hows>('rst');
  const which = connection === undefined ? 'all connections' : `connection ${String(connection)}`;
  return (
    <div className="panel-row" role="group" aria-label="At once">
      <button
        type="button"
        className="bench-button quiet"
        onClick={() => {
          attempt(() => cut(labId, connection === undefined ? { how } : { how, connection }));
        }}
      >
        Cut {which} with {hows[how]}
      </button>
      <label className="cut-how">
        Cut by{' '}
        <select
          value={how}
          onChange={(event) => {
            setHow(event.target.value === 'fin' ? 'fin' : 'rst');
          }}
        >
          <option value="rst">RST: the connection is aborted</option>
          <option value="fin">FIN: no more bytes come</option>
        </select>
      </label>
      <button
        type="button"
        className="bench-button quiet"
        onClick={() => {
          attempt(() => restartServer(labId));
        }}
      >
        Restart the server (1012)
      </button>
      <button type="button" className="bench-button quiet" onClick={onReset}>
        Reset: perfect link
      </button>
    </div>
  );
}
