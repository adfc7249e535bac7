import type { Connection } from '../../derive/connection.ts';
import { clientName } from '../../derive/client-name.ts';
import './connection-chips.css';

export interface ConnectionChipsProps {
  connections: readonly Connection[];
  selected: number | undefined;
  onSelect: (conn: number) => void;
}

const stateWords: Record<Connection['handshake'], string> = {
  waiting: 'waiting',
  open: 'open',
  refused: 'refused',
  unanswered: 'no answer',
};

/** The connections of the lab, newest first, each with who opened it and how it stands. */
export function ConnectionChips({ connections, selected, onSelect }: ConnectionChipsProps) {
  if (connections.length === 0) return <p className="chips-empty">No connection in this lab yet.</p>;
  return (
    <div className="connection-chips" role="group" aria-label="Connections of this lab, newest first">
      {connections.toReversed().map((connection) => (
        <button
          key={connection.conn}
          type="button"
          aria-pressed={connection.conn === selected}
          onClick={() => {
            onSelect(connection.conn);
          }}
        >
          <span className="chip-number">{connection.conn}</span> {clientName(connection)}
          <span className="chip-state">{stateOf(connection)}</span>
        </button>
      ))}
    </div>
  );
}

function stateOf({ handshake, response, end }: Connection): string {
  if (handshake === 'open') return end ? 'closed' : 'open';
  return response ? String(response.statusCode) : stateWords[handshake];
}
