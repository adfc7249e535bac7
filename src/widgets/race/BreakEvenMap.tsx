import { breakEven, mapIntervals, mapRates, type BreakEven } from '../../derive/break-even.ts';
import { longPollWaitSeconds } from './listeners.ts';
import { durationText, rateText } from './race-options.ts';
import type { PastRun } from './race-store.ts';
import { wayOf } from './ways.ts';
import './break-even-map.css';

interface MapProps {
  runs: readonly PastRun[];
  /** Whose sizes the map is drawn from. */
  run: PastRun;
  wishMs: number;
  listeningMs: number;
}

/** Bytes in a few characters. */
const shortBytes = (bytes: number): string => {
  if (bytes < 1000) return `${bytes.toFixed(0)} B`;
  return bytes < 1e6
    ? `${(bytes / 1000).toFixed(bytes < 10_000 ? 1 : 0)} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
};

/** Which of some values is nearest, by ratio. */
const nearestOf = (values: readonly number[], value: number): number =>
  values.reduce((best, each) =>
    Math.abs(Math.log(each / value)) < Math.abs(Math.log(best / value)) ? each : best,
  );

/** For each interval and each rate: which way costs fewest bytes, and which of those that are quick enough. */
export function BreakEvenMap({ runs, run, wishMs, listeningMs }: MapProps) {
  const cells = mapRates.map((messagesPerSecond) =>
    mapIntervals.map((intervalMs) =>
      breakEven(run.measured, {
        intervalMs,
        messagesPerSecond,
        listeningMs,
        longPollWaitMs: longPollWaitSeconds * 1000,
        wishMs,
      }),
    ),
  );
  const polled = cells.flat().filter(({ choice }) => choice === 'poll').length;
  const runsIn = (rate: number, intervalMs: number): PastRun[] =>
    runs.filter(
      ({ view: { options } }) =>
        nearestOf(mapRates, options.messagesPerSecond) === rate &&
        nearestOf(mapIntervals, options.intervalMs) === intervalMs,
    );
  return (
    <>
      <p className="map-verdict" role="status">
        {polled === 0
          ? 'Polling is the right choice nowhere on this map: it is never both quick enough and cheapest.'
          : `Polling is the right choice in ${String(polled)} of ${String(mapRates.length * mapIntervals.length)} cells: quick enough, and cheaper than any push.`}
      </p>
      <p className="panel-note">
        In each cell: the way that costs fewest bytes among those that are quick enough, and its bytes for one
        listener in {durationText(listeningMs)}. ◎ marks your runs, each in the cell next to its setting.
      </p>
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too */}
      <div className="race-scroll" role="region" aria-label="Break-even map" tabIndex={0}>
        <table className="map-table">
          <caption className="sr-only">The way to choose, by message rate and poll interval</caption>
          <thead>
            <tr>
              <th scope="col">Messages ↓ polled every →</th>
              {mapIntervals.map((intervalMs) => (
                <th key={intervalMs} scope="col">
                  {durationText(intervalMs)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {mapRates.map((rate, row) => (
              <tr key={rate}>
                <th scope="row">{rateText(rate)}</th>
                {mapIntervals.map((intervalMs, column) => (
                  <Cell
                    key={intervalMs}
                    cell={cells[row]?.[column]}
                    numbers={runsIn(rate, intervalMs).map(({ number }) => number)}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Cell({ cell, numbers }: { cell: BreakEven | undefined; numbers: readonly number[] }) {
  const choice = cell?.forecasts.find(({ transport }) => transport === cell.choice);
  if (!cell || !choice) return <td data-way="none">none is quick enough</td>;
  const way = wayOf(choice.transport);
  const poll = cell.forecasts.find(({ transport }) => transport === 'poll');
  return (
    <td data-way={way.id}>
      <span className="map-way">
        <span className="way-sign" aria-hidden="true">
          {way.sign}
        </span>{' '}
        {way.short}
      </span>
      <span className="map-bytes">{shortBytes(choice.bytes)}</span>
      {poll && choice.transport !== 'poll' && (
        <>
          <span className="map-bytes">poll {shortBytes(poll.bytes)}</span>
          {!poll.meetsWish && <span className="map-bytes">too late</span>}
        </>
      )}
      {numbers.length > 0 && (
        <span className="map-dot">
          <span aria-hidden="true">◎</span> run {numbers.join(', ')}
        </span>
      )}
    </td>
  );
}
