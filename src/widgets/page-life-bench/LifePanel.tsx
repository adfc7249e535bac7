import { useStore } from '@nanostores/react';
import { useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { streamLives, wireMoments, type StreamLife } from '../../derive/stream-life.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { formatMs } from '../../ui/units.ts';
import { GapStrip } from './GapStrip.tsx';
import { $client, $events, $wireClock, endClient, startClient, type Client } from './life-store.ts';

export interface LifePanelProps {
  /** The path of the stream; `undefined` while there is no sandbox. */
  stream: string | undefined;
  connections: readonly Connection[];
}

const clients: readonly (readonly [Client, string])[] = [
  ['found', 'setInterval, as found on the web'],
  ['kept', 'pagehide and pageshow'],
];
/** So many rows stand on the life line, the newest. */
const mostRows = 12;

/** Starts a client, and shows the life of the page beside that of its connection. */
export function LifePanel({ stream, connections }: LifePanelProps) {
  const client = useStore($client);
  const [which, setWhich] = useState<Client>('found');
  const lives = useMemo(() => streamLives(connections), [connections]);
  return (
    <div className="panel">
      <div className="panel-row">
        <fieldset className="life-choice" disabled={client !== undefined}>
          <legend>Client</legend>
          {clients.map(([id, label]) => (
            <label key={id}>
              <input
                type="radio"
                name="life-client"
                checked={(client?.which ?? which) === id}
                onChange={() => {
                  setWhich(id);
                }}
              />
              {label}
            </label>
          ))}
        </fieldset>
        <button
          type="button"
          className="bench-button primary"
          disabled={stream === undefined}
          onClick={() => {
            if (client) endClient();
            else if (stream !== undefined) startClient(which, socketAddress(`${stream}?every=1000`));
          }}
        >
          {client ? 'Disconnect' : 'Connect'}
        </button>
        <span role="status" className="panel-note">
          The script believes: {client?.state ?? 'no client'}
        </span>
      </div>
      <p className="panel-note">
        Now hide this tab, go offline, or leave: <a href="/reference/resilient-socket/">to another page</a>,
        and come back with Back.
      </p>
      <GapStrip />
      <WireFacts life={lives.at(-1)} />
      <LifeLine lives={lives} />
    </div>
  );
}

function WireFacts({ life }: { life: StreamLife | undefined }) {
  return (
    <dl className="life-facts" aria-label="The newest connection on the wire">
      <div>
        <dt>beats of the page</dt>
        <dd>{life?.sent ?? 0}</dd>
      </div>
      <div>
        <dt>longest silence between two</dt>
        <dd>{formatMs(life?.longestSilenceMs ?? 0)}</dd>
      </div>
      <div>
        <dt>messages of the server</dt>
        <dd>{life?.heard ?? 0}</dd>
      </div>
    </dl>
  );
}

/** What happened to the page and what happened on the wire, in the order of time. */
function LifeLine({ lives }: { lives: readonly StreamLife[] }) {
  const events = useStore($events);
  const offset = useStore($wireClock)?.offset;
  const rows = useMemo(() => {
    const ofPage = events.map(({ at, what }) => ({ at, page: what, wire: '' }));
    const ofWire =
      offset === undefined
        ? []
        : wireMoments(lives).map(({ at, what }) => ({ at: at + offset, page: '', wire: what }));
    return [...ofPage, ...ofWire].sort((one, other) => one.at - other.at).slice(-mostRows);
  }, [events, lives, offset]);
  return (
    <div className="life-line">
      <table>
        <caption>The life line, newest last. Times of the wire are fitted to the page’s clock.</caption>
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">The page</th>
            <th scope="col">The wire</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, page, wire }) => (
            <tr key={`${String(at)} ${page}${wire}`}>
              <td>{timeOf(at)}</td>
              <td>{page}</td>
              <td>{wire}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The time of day with its milliseconds. */
const timeOf = (at: number): string => {
  const date = new Date(at);
  const two = (count: number): string => String(count).padStart(2, '0');
  const ms = String(Math.trunc(date.getMilliseconds())).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${ms}`;
};
