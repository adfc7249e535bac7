import { latencyEdges, type Bin } from '../../derive/latencies.ts';
import { durationText } from './race-options.ts';

/** The range of a bin in words. */
const rangeText = ({ from, to }: Bin): string =>
  Number.isFinite(to) ? `${durationText(from)} to ${durationText(to)}` : `${durationText(from)} and more`;

/** The edges of bins that are named below them, ms. */
const marks = [0, 100, 5000];

/** How old the messages of one way were when they came: a bar for each range of ages. The table beside it has the numbers. */
export function Histogram({ bins }: { bins: readonly Bin[] }) {
  const most = Math.max(1, ...bins.map(({ count }) => count));
  return (
    <div className="histogram" aria-hidden="true">
      <div className="histogram-bars">
        {bins.map((bin) => (
          <span
            key={bin.from}
            className="histogram-bar"
            style={{ transform: `scaleY(${String(bin.count === 0 ? 0 : Math.max(0.04, bin.count / most))})` }}
            title={`${rangeText(bin)}: ${String(bin.count)}`}
          />
        ))}
      </div>
      <div className="histogram-scale">
        {marks.map((mark) => (
          <span
            key={mark}
            style={{ left: `${String((latencyEdges.indexOf(mark) / latencyEdges.length) * 100)}%` }}
          >
            {mark === 0 ? '0' : durationText(mark)}
          </span>
        ))}
      </div>
    </div>
  );
}
