import type { StampedeRequest } from '../../contract/stampede.ts';
import { downWords } from '../../derive/condition-words.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';
import { nobody } from '../../derive/arrivals.ts';
import { ArrivalChart } from './ArrivalChart.tsx';
import type { PastRun } from './run-store.ts';
import { endWords, comebackWords } from './words.ts';

/** What was asked for, in a few words. */
const settingsOf = ({ bots, comeback, acceptPerSecond, downMs, ...rest }: StampedeRequest): string =>
  [
    `${String(bots)} bots`,
    comebackWords[comeback],
    endWords(rest),
    downWords(downMs),
    ...(acceptPerSecond > 0 ? [`${String(acceptPerSecond)} a second let in`] : []),
  ].join(', ');

const failedOf = ({ tab }: PastRun): number => tab.acts.filter(({ what }) => what === 'retry').length;

const rows: readonly { label: string; value: (run: PastRun) => string }[] = [
  { label: 'Most arrivals in 0.1 s', value: ({ comings }) => String(comings.peakArrivals) },
  { label: 'Attempts in all', value: ({ comings }) => String(comings.attempts) },
  { label: 'found no server', value: ({ comings }) => String(comings.refused) },
  { label: 'hung up unanswered', value: ({ comings }) => String(comings.unanswered) },
  { label: 'Longest queue', value: ({ comings }) => String(comings.longestLine) },
  {
    label: 'All back after',
    value: ({ comings }) => (comings.allBackAfterMs === undefined ? '–' : formatMs(comings.allBackAfterMs)),
  },
  { label: 'Bytes of handshakes', value: ({ comings }) => formatBytes(comings.handshakeBytes) },
  {
    label: 'Heard a Close frame',
    value: ({ comings }) => `${String(comings.toldGoodbye)} of ${String(comings.stood)}`,
  },
  { label: 'Your tab: attempts', value: (run) => String(failedOf(run)) },
  {
    label: 'Your tab: acknowledged',
    value: ({ tab }) => `${String(tab.acknowledged)} of ${String(tab.sent)} sent`,
  },
];

/** The runs so far, side by side: each with its picture and its figures. */
export function RunTable({ runs }: { runs: readonly PastRun[] }) {
  return (
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- what scrolls has to be scrolled by keys too
    <div className="runs-scroll" role="region" aria-label="Runs side by side" tabIndex={0}>
      <table className="runs">
        <caption className="sr-only">What each run came to</caption>
        <thead>
          <tr>
            <td />
            {runs.length === 0 && <th scope="col">no run yet; up to six appear here side by side</th>}
            {runs.map(({ status, comings }) => (
              <th key={comings.endedAt} scope="col">
                {settingsOf(status)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">Arrivals and answers</th>
            {runs.length === 0 && (
              <td>
                <ArrivalChart comings={nobody} attempts={[]} isSmall />
              </td>
            )}
            {runs.map(({ comings }) => (
              <td key={comings.endedAt}>
                <ArrivalChart comings={comings} attempts={[]} isSmall />
              </td>
            ))}
          </tr>
          {rows.map(({ label, value }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {runs.length === 0 && <td className="figure">–</td>}
              {runs.map((run) => (
                <td key={run.comings.endedAt} className="figure">
                  {value(run)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
