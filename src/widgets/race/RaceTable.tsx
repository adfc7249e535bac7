import type { FeedTransport } from '../../contract/feed.ts';
import { bytesOf } from '../../derive/race-ledger.ts';
import { formatMs } from '../../ui/units.ts';
import type { RaceView } from './race.ts';
import { ways } from './ways.ts';

interface Row {
  label: string;
  value: (view: RaceView, way: FeedTransport) => string;
  /** Belongs to the row before it. */
  isPart?: boolean;
}

const count = (value: number): string => value.toLocaleString('en');
const age = (ms: number | undefined): string => (ms === undefined ? '–' : formatMs(ms));

const rows: readonly Row[] = [
  { label: 'Messages delivered', value: ({ latencies }, way) => count(latencies[way].delivered) },
  { label: 'missed', isPart: true, value: ({ latencies }, way) => count(latencies[way].missed) },
  { label: 'doubled', isPart: true, value: ({ latencies }, way) => count(latencies[way].doubled) },
  { label: 'Latency, median', value: ({ latencies }, way) => age(latencies[way].median) },
  { label: '95 of 100 within', isPart: true, value: ({ latencies }, way) => age(latencies[way].p95) },
  { label: 'longest', isPart: true, value: ({ latencies }, way) => age(latencies[way].max) },
  { label: 'Requests', value: ({ ledger }, way) => count(ledger[way].requests) },
  { label: 'answered 304', isPart: true, value: ({ ledger }, way) => count(ledger[way].emptyAnswers) },
  { label: 'TCP connections', value: ({ ledger }, way) => count(ledger[way].connections) },
  { label: 'Bytes up: headers', value: ({ ledger }, way) => count(ledger[way].client.headerBytes) },
  { label: 'payload', isPart: true, value: ({ ledger }, way) => count(ledger[way].client.payloadBytes) },
  { label: 'Bytes down: headers', value: ({ ledger }, way) => count(ledger[way].server.headerBytes) },
  { label: 'payload', isPart: true, value: ({ ledger }, way) => count(ledger[way].server.payloadBytes) },
  {
    label: 'All bytes a message',
    value: ({ ledger, latencies }, way) =>
      latencies[way].delivered === 0
        ? '–'
        : count(Math.round(bytesOf(ledger[way]) / latencies[way].delivered)),
  },
  { label: 'Server’s own time', value: ({ feed }, way) => formatMs(feed.transports[way].workMs) },
];

/** All numbers of a race, the four ways side by side. */
export function RaceTable({ view }: { view: RaceView | undefined }) {
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too
    <div className="race-scroll" role="region" aria-label="The race in numbers" tabIndex={0}>
      <table className="race-table race-numbers">
        <caption className="sr-only">What each way delivered, how late, and what it cost</caption>
        <thead>
          <tr>
            <td />
            {ways.map(({ id, name, sign }) => (
              <th key={id} scope="col" data-way={id}>
                <span className="way-sign" aria-hidden="true">
                  {sign}
                </span>{' '}
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, isPart, value }, index) => (
            <tr key={index} data-part={isPart}>
              <th scope="row">{label}</th>
              {ways.map(({ id }) => (
                <td key={id}>{view ? value(view, id) : '–'}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
