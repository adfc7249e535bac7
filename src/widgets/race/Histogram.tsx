import type { Bin } from '../../derive/latencies.ts';
import { durationText } from './race-options.ts';

/** The range of a bin in words. */
const rangeText = ({ from, to }: Bin): string =>
  Number.isFinite(to) ? `${durationText(from)} to ${durationText(to)}` : `${durationText(from)} and more`;

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
        <span>0</span>
        <span>50 ms</span>
        <span>10 s</span>
      </div>
    </div>
  );
}
