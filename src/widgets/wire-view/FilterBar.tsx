import { clientName } from '../../derive/client-name.ts';
import type { Connection } from '../../derive/connection.ts';
import { rungGroups, type RungFilter, type RungGroup } from '../../derive/rung-filter.ts';

export interface FilterBarProps {
  connections: readonly Connection[];
  /** The connection that is shown, or all. */
  shown: number | 'all';
  filter: RungFilter;
  onShow: (shown: number | 'all') => void;
  onFilter: (filter: RungFilter) => void;
}

const groupNames: Record<RungGroup, string> = {
  text: 'Text',
  binary: 'Binary',
  control: 'Control',
  other: 'Handshake, TCP',
  script: 'Script',
};

/** Narrows the ladder: which connection, which kinds, which direction. */
export function FilterBar({ connections, shown, filter, onShow, onFilter }: FilterBarProps) {
  const toggle = (group: RungGroup): void => {
    const groups = new Set(filter.groups);
    if (!groups.delete(group)) groups.add(group);
    onFilter({ ...filter, groups });
  };
  return (
    <div className="wire-filter" role="group" aria-label="What the ladder shows">
      <label className="wire-choice">
        Connection
        <select
          value={String(shown)}
          onChange={({ target }) => {
            onShow(target.value === 'all' ? 'all' : Number(target.value));
          }}
        >
          {connections.toReversed().map((connection) => (
            <option key={connection.conn} value={connection.conn}>
              {`${String(connection.conn)}: ${clientName(connection)}, ${stateOf(connection)}`}
            </option>
          ))}
          <option value="all">{`all ${String(connections.length)}`}</option>
        </select>
      </label>
      <label className="wire-choice">
        From
        <select
          value={filter.side}
          onChange={({ target }) => {
            const side = (['client', 'server'] as const).find((name) => name === target.value);
            onFilter({ ...filter, side: side ?? 'both' });
          }}
        >
          <option value="both">both sides</option>
          <option value="client">the client</option>
          <option value="server">the server</option>
        </select>
      </label>
      {rungGroups.map((group) => (
        <label key={group} className="check">
          <input
            type="checkbox"
            checked={filter.groups.has(group)}
            onChange={() => {
              toggle(group);
            }}
          />
          {groupNames[group]}
        </label>
      ))}
    </div>
  );
}

function stateOf({ handshake, response, end }: Connection): string {
  if (handshake === 'open') return end ? 'closed' : 'open';
  if (response) return String(response.statusCode);
  return handshake === 'waiting' ? 'waiting' : 'no answer';
}
