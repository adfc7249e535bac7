import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { feedTransports } from '../../contract/feed.ts';
import { bytesOf } from '../../derive/race-ledger.ts';
import { formatMs } from '../../ui/units.ts';
import { BreakEvenMap } from './BreakEvenMap.tsx';
import { durationText, optionsToHash, rateText } from './race-options.ts';
import { $runs, type PastRun } from './race-store.ts';
import { wayOf } from './ways.ts';

const wishes = [50, 200, 1000, 5000, 15_000, 120_000, 600_000];
const listeningTimes = [10_000, 60_000, 600_000, 3_600_000];

/** The runs of this page, and what the sizes of one of them mean for other intervals and rates. */
export function BreakEvenPanel() {
  const runs = useStore($runs);
  const [chosen, setChosen] = useState<number>();
  const [wishMs, setWishMs] = useState(120_000);
  const [listeningMs, setListeningMs] = useState(600_000);
  const run = runs.find(({ number }) => number === chosen) ?? runs.at(-1);
  if (!run) {
    return (
      <p className="race-empty">
        The map is drawn from the sizes of your own messages. Run a race first, for as long as it takes until
        every way has delivered something.
      </p>
    );
  }
  return (
    <div className="panel">
      <RunsTable runs={runs} chosen={run.number} onChoose={setChosen} />
      <div className="panel-row">
        <Choice label="A message should be seen within" values={wishes} value={wishMs} onChange={setWishMs} />
        <Choice
          label="Somebody listens for"
          values={listeningTimes}
          value={listeningMs}
          onChange={setListeningMs}
        />
      </div>
      <BreakEvenMap runs={runs} run={run} wishMs={wishMs} listeningMs={listeningMs} />
      <Sizes run={run} />
    </div>
  );
}

interface ChoiceProps {
  label: string;
  values: readonly number[];
  value: number;
  onChange: (value: number) => void;
}

function Choice({ label, values, value, onChange }: ChoiceProps) {
  return (
    <label className="select-option">
      {label}{' '}
      <select
        value={value}
        onChange={(event) => {
          onChange(Number(event.target.value));
        }}
      >
        {values.map((each) => (
          <option key={each} value={each}>
            {durationText(each)}
          </option>
        ))}
      </select>
    </label>
  );
}

interface RunsTableProps {
  runs: readonly PastRun[];
  chosen: number;
  onChoose: (number: number) => void;
}

function RunsTable({ runs, chosen, onChoose }: RunsTableProps) {
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too
    <div className="race-scroll" role="region" aria-label="Your runs" tabIndex={0}>
      <table className="race-table">
        <caption className="sr-only">Your runs on this page</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col" className="words">
              Setting
            </th>
            <th scope="col">Time</th>
            <th scope="col">Fewest bytes</th>
            <th scope="col">Polled, median</th>
            <th scope="col">Pushed, median</th>
          </tr>
        </thead>
        <tbody>
          {runs.map(({ number, view }) => {
            const { options, ledger, latencies, elapsedMs, imposed } = view;
            const least = feedTransports
              .filter((way) => latencies[way].delivered > 0)
              .toSorted((one, other) => bytesOf(ledger[one]) - bytesOf(ledger[other]))[0];
            return (
              <tr key={number} data-chosen={number === chosen}>
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="run"
                      checked={number === chosen}
                      onChange={() => {
                        onChoose(number);
                      }}
                    />{' '}
                    {number}
                  </label>
                </th>
                <td className="words">
                  <a href={optionsToHash(options)}>
                    every {durationText(options.intervalMs)}, {rateText(options.messagesPerSecond)}
                    {imposed.length > 0 && `; ${imposed.join(', ')}`}
                  </a>
                </td>
                <td>{(elapsedMs / 1000).toFixed(0)} s</td>
                <td>{least === undefined ? '–' : wayOf(least).name}</td>
                <td>{latencies.poll.median === undefined ? '–' : formatMs(latencies.poll.median)}</td>
                <td>
                  {latencies.webSocket.median === undefined ? '–' : formatMs(latencies.webSocket.median)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The sizes that the map is drawn from. */
function Sizes({ run: { number, measured } }: { run: PastRun }) {
  return (
    <details className="race-caveats">
      <summary>What the map is drawn from: the sizes of run {number}</summary>
      <ul>
        {feedTransports.map((way) => {
          const cost = measured.costs[way];
          const name = wayOf(way).name;
          if (!cost)
            return <li key={way}>{name}: delivered nothing in this run, so it is not in the map.</li>;
          const { opening, perRequest, perMessage } = cost;
          return (
            <li key={way}>
              {name}:{' '}
              {perRequest > 0
                ? `${perRequest.toFixed(0)} bytes a request`
                : `${opening.toFixed(0)} bytes to begin`}
              , and {perMessage.toFixed(0)} a message.
            </li>
          );
        })}
        <li>
          A message is {formatMs(measured.wayMs)} under way: the median of what the WebSocket delivered.
        </li>
      </ul>
      <p>
        Polls: one request at once and one each interval. Long polls: one for each message or, in silence, one
        each 20 s, and messages at random. Streams: begun once, and never lost; what they send to be kept
        alive is shared by their messages. The oldest message a poll brings is as old as an interval and one
        trip; by long polling, three trips: an answer, a request and an answer.
      </p>
    </details>
  );
}
