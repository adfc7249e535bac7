import { formatBytes } from '../../ui/units.ts';
import type { Sample } from './send-store.ts';

/** One line of the chart. */
export interface ChartLine {
  name: string;
  /** Its look, by number: each has a colour and a pattern of its own. */
  look: number;
  samples: readonly Sample[];
}

/** A bound that is drawn across. */
export interface ChartBound {
  label: string;
  bytes: number;
}

export interface PressureChartProps {
  title: string;
  lines: readonly ChartLine[];
  bounds: readonly ChartBound[];
}

const width = 640;
const height = 200;
const left = 8;
const bottom = 24;
const top = 26;

/** Bytes over seconds, as they were measured. */
export function PressureChart({ title, lines, bounds }: PressureChartProps) {
  const all = lines.flatMap(({ samples }) => samples);
  const seconds = Math.max(10, ...all.map((sample) => sample.seconds));
  const most = Math.max(...bounds.map(({ bytes }) => bytes * 1.25), ...all.map(({ bytes }) => bytes), 65_536);
  const ceiling = niceCeiling(most);
  const x = (value: number): number => left + (value / seconds) * (width - left - 8);
  const y = (value: number): number => height - bottom - (value / ceiling) * (height - bottom - top);
  const said = lines.map(({ name, samples }) => `${name}: ${saysOf(samples)}`).join('; ');
  return (
    <figure className="pressure-chart">
      <figcaption>{title}</figcaption>
      <svg viewBox={`0 0 ${String(width)} ${String(height)}`} role="img" aria-label={`${title}. ${said}`}>
        {[0, ceiling / 2, ceiling].map((value) => (
          <g key={value} className="chart-grid">
            <line x1={left} x2={width - 8} y1={y(value)} y2={y(value)} />
            <text x={left} y={y(value) - 4}>
              {shortBytes(value)}
            </text>
          </g>
        ))}
        {[0, seconds / 2, seconds].map((value) => (
          <text
            key={value}
            className="chart-time"
            x={x(value)}
            y={height - 6}
            textAnchor={anchor(value, seconds)}
          >
            {`${value.toFixed(0)} s`}
          </text>
        ))}
        {bounds.map(({ label, bytes }) => (
          <g key={label} className="chart-bound">
            <line x1={left} x2={width - 8} y1={y(bytes)} y2={y(bytes)} />
            <text x={width - 10} y={y(bytes) - 4} textAnchor="end">
              {label}
            </text>
          </g>
        ))}
        {lines.map(({ name, look, samples }) => (
          <polyline
            key={name}
            className="chart-line"
            data-look={look}
            points={samples.map((one) => `${x(one.seconds).toFixed(1)},${y(one.bytes).toFixed(1)}`).join(' ')}
          />
        ))}
      </svg>
      {lines.length > 1 && (
        <ul className="chart-legend">
          {lines.map(({ name, look }) => (
            <li key={name}>
              <svg viewBox="0 0 28 8" aria-hidden="true">
                <line className="chart-line" data-look={look} x1="0" x2="28" y1="4" y2="4" />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

const anchor = (value: number, most: number): 'start' | 'middle' | 'end' =>
  value === 0 ? 'start' : value === most ? 'end' : 'middle';

function saysOf(samples: readonly Sample[]): string {
  const last = samples.at(-1);
  if (!last) return 'nothing measured yet';
  const peak = Math.max(...samples.map(({ bytes }) => bytes));
  return `now ${formatBytes(last.bytes)}, at most ${formatBytes(peak)}`;
}

/** The next round number of KiB or MiB. */
function niceCeiling(bytes: number): number {
  let ceiling = 65_536;
  while (ceiling < bytes) ceiling *= 2;
  return ceiling * 0.75 >= bytes ? ceiling * 0.75 : ceiling;
}

/** In KiB or MiB, as short as it goes. */
export const shortBytes = (bytes: number): string =>
  bytes >= 1_048_576 ? `${trim(bytes / 1_048_576)} MiB` : `${trim(bytes / 1024)} KiB`;

const trim = (value: number): string =>
  value >= 10 || Number.isInteger(value) ? value.toFixed(0) : value.toFixed(1);
