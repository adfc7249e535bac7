import { binMs, type ArrivalBin, type Comings } from '../../derive/arrivals.ts';
import { formatMs } from '../../ui/units.ts';
import type { Attempt } from './tab-line.ts';

/** Least time that the chart spans, ms. */
const leastSpanMs = 10_000;

/** How long the chart spans, ms: full five seconds. */
const spanOf = (binCount: number, untilMs = 0): number =>
  Math.max(leastSpanMs, Math.ceil(Math.max(binCount * binMs, untilMs) / 5000) * 5000);

export interface ArrivalChartProps {
  comings: Comings;
  /** What the page's own client did, on the same scale. */
  attempts: readonly Attempt[];
  /** Without words, for a row of small ones. */
  isSmall?: boolean;
}

/** Who came when, a bar for each tenth of a second: arrivals, answers, and where the server closed slowly, ends. */
export function ArrivalChart({ comings, attempts, isSmall = false }: ArrivalChartProps) {
  const { bins, upAfterMs, peakArrivals, peakAnswers } = comings;
  const spanMs = spanOf(bins.length, attempts.at(-1)?.atMs);
  const peakEnds = Math.max(0, ...bins.map(({ ended }) => ended));
  const place = (ms: number): string => `${String((ms / spanMs) * 100)}%`;
  return (
    <div className="arrivals" data-small={isSmall || undefined}>
      <Lane name="Ended" peak={peakEnds} bins={bins} spanMs={spanMs} of="ended" />
      <Lane name="Arrived" peak={peakArrivals} bins={bins} spanMs={spanMs} of="arrived" />
      <Lane name="Answered with 101" peak={peakAnswers} bins={bins} spanMs={spanMs} of="answered" />
      <div className="arrivals-tab">
        {!isSmall && <span className="arrivals-name">Your tab</span>}
        {attempts.map(({ atMs, what }) => (
          <span
            key={`${what} ${String(atMs)}`}
            className="tab-mark"
            data-what={what}
            style={{ left: place(atMs) }}
          >
            {what === 'end' ? '✕' : what === 'open' ? '●' : '○'}
          </span>
        ))}
      </div>
      <div className="arrivals-scale" aria-hidden="true">
        {[0, 0.25, 0.5, 0.75, 1].map((share) => (
          <span key={share} style={{ left: `${String(share * 100)}%` }}>
            {(share * spanMs) / 1000} s
          </span>
        ))}
      </div>
      {upAfterMs !== undefined && (
        <span className="arrivals-up" style={{ '--up': place(upAfterMs) } as React.CSSProperties}>
          {!isSmall && `up again after ${formatMs(upAfterMs)}`}
        </span>
      )}
    </div>
  );
}

interface LaneProps {
  name: string;
  peak: number;
  bins: readonly ArrivalBin[];
  spanMs: number;
  of: 'arrived' | 'answered' | 'ended';
}

function Lane({ name, peak, bins, spanMs, of }: LaneProps) {
  const width = spanMs / binMs;
  const most = Math.max(1, peak);
  return (
    <div className="arrivals-lane" data-of={of}>
      <svg viewBox={`0 0 ${String(width)} 1`} preserveAspectRatio="none" aria-hidden="true">
        {bins.map((bin, index) => {
          const height = bin[of] / most;
          const refused = of === 'arrived' ? bin.refused / most : 0;
          if (height === 0) return null;
          return (
            <g key={index}>
              <rect className="bar" x={index} width={0.85} y={1 - height} height={height} />
              {refused > 0 && (
                <rect className="bar-refused" x={index} width={0.85} y={1 - refused} height={refused} />
              )}
            </g>
          );
        })}
      </svg>
      <span className="arrivals-name">{name}</span>
      <span className="arrivals-peak">{peak === 0 ? '' : `at most ${String(peak)} in 0.1 s`}</span>
    </div>
  );
}
