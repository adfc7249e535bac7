import { histogram, type LatencySummary } from '../../derive/latencies.ts';
import { formatMs } from '../../ui/units.ts';
import { DotStrip } from './DotStrip.tsx';
import { Histogram } from './Histogram.tsx';
import type { RaceState } from './race-store.ts';
import { ways } from './ways.ts';

const emptyBins = histogram([]);

const age = (ms: number | undefined): string => (ms === undefined ? '–' : formatMs(ms));

function summaryOf(name: string, latency: LatencySummary | undefined): string {
  if (latency?.median === undefined) return `${name}: no message yet`;
  return `${name}: ${String(latency.delivered)} messages, ${age(latency.median)} old in the median, ${age(latency.max)} at most`;
}

/** The four ways, one below the other over one axis of time: the same messages, each when it came and how old it was. */
export function Lanes({ state }: { state: RaceState }) {
  const { race, view, phase } = state;
  const isRunning = phase === 'running' || phase === 'stopping';
  return (
    <div className="lanes">
      {ways.map((way) => {
        const latency = view?.latencies[way.id];
        return (
          <section key={way.id} className="lane" data-way={way.id} aria-label={way.name}>
            <h3>
              <span className="way-sign" aria-hidden="true">
                {way.sign}
              </span>{' '}
              {way.name}
            </h3>
            <p className="lane-age">
              <strong>{age(latency?.median)}</strong> old in the median, {age(latency?.max)} at most
            </p>
            <DotStrip way={way} race={race} isRunning={isRunning} summary={summaryOf(way.name, latency)} />
            <Histogram bins={view?.bins[way.id] ?? emptyBins} />
            {view?.failures[way.id] !== undefined && (
              <p className="lane-failure">Lately: {view.failures[way.id]}</p>
            )}
          </section>
        );
      })}
      <p className="lanes-scale">
        Each dot is a message: when it came, over the last 15 seconds, and how old it was. On the right, how
        often each age occurred.
      </p>
    </div>
  );
}
