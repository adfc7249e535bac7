import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { heartbeatOf } from '../../derive/heartbeat.ts';
import { readyStates } from '../../derive/lifecycle.ts';
import { formatMs } from '../../ui/units.ts';
import { FactPairs } from '../bench/FactPairs.tsx';
import { $own, connectWith, letGo, ownSocket, type Way } from './own-store.ts';

const intervals = [500, 1000, 2000, 5000] as const;
const deadlines = [500, 1000, 2000, 5000] as const;

/** The page's own heartbeat: the one that is found everywhere, or one that expects an answer. */
export function OwnPanel({
  echo,
  connection,
}: {
  echo: string | undefined;
  /** The page's connection in the wire log. */
  connection: Connection | undefined;
}) {
  const witness = useStore(ownSocket.$witness);
  const [way, setWay] = useState<Way>('found');
  const [everyMs, setEveryMs] = useState<number>(1000);
  const [deadlineMs, setDeadlineMs] = useState<number>(1000);
  return (
    <div className="panel">
      <div className="panel-row">
        <Choice
          label="Heartbeat"
          value={way}
          onChange={(value) => {
            setWay(value === 'found' ? 'found' : 'asks');
          }}
        >
          <option value="found">as found on the web</option>
          <option value="asks">with an id and a deadline</option>
        </Choice>
        <Choice
          label="Interval"
          value={everyMs}
          onChange={(value) => {
            setEveryMs(Number(value));
          }}
        >
          {intervals.map((ms) => (
            <option key={ms} value={ms}>
              {ms / 1000} s
            </option>
          ))}
        </Choice>
        <Choice
          label="Deadline"
          value={deadlineMs}
          disabled={way === 'found'}
          onChange={(value) => {
            setDeadlineMs(Number(value));
          }}
        >
          {deadlines.map((ms) => (
            <option key={ms} value={ms}>
              {ms / 1000} s
            </option>
          ))}
        </Choice>
      </div>
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={echo === undefined}
          onClick={() => {
            if (echo !== undefined) connectWith(way, echo, everyMs, deadlineMs);
          }}
        >
          {witness ? 'Connect again' : 'Connect'}
        </button>
        <button type="button" className="bench-button" disabled={!witness} onClick={letGo}>
          End it all
        </button>
        <span className="panel-note">Then freeze both sides under “The network”, or run a script.</span>
      </div>
      <OwnFacts connection={witness && connection} />
    </div>
  );
}

/** What the heartbeat has done, by the wire and by the page. */
function OwnFacts({ connection }: { connection: Connection | undefined }) {
  const witness = useStore(ownSocket.$witness);
  const own = useStore($own);
  const sent = useMemo(() => (connection ? heartbeatOf(connection).messages.client.length : 0), [connection]);
  const facts: [string, string][] = [
    ['readyState', witness ? readyStates[witness.socket.readyState] : '–'],
    ['heartbeats on the wire', String(sent)],
    ['timers that beat', String(own.timers)],
    ['answers it waited for', own.way === 'found' ? 'none' : String(own.answered)],
    ['last round trip', own.roundTripMs === undefined ? '–' : formatMs(own.roundTripMs)],
    ['it says', saysOf(own.way, own.foundDead)],
  ];
  return <FactPairs className="lie-facts" aria-label="The page’s heartbeat" facts={facts} />;
}

function Choice({
  label,
  value,
  disabled = false,
  onChange,
  children,
}: {
  label: string;
  value: string | number;
  disabled?: boolean;
  onChange: (value: string) => void;
  children: React.ReactNode;
}) {
  return (
    <label className="select-option">
      {label}{' '}
      <select
        value={value}
        disabled={disabled}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      >
        {children}
      </select>
    </label>
  );
}

function saysOf(way: Way, foundDead: boolean): string {
  if (way === 'found') return 'nothing, ever';
  return foundDead ? 'dead: given up' : 'alive, as far as asked';
}
