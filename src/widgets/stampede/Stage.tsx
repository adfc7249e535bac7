import type { StampedeStatus } from '../../contract/stampede.ts';
import { nobody, type Comings } from '../../derive/arrivals.ts';
import { formatMs } from '../../ui/units.ts';
import { ArrivalChart } from './ArrivalChart.tsx';
import type { OwnTab } from './own-tab.ts';
import { actSentences, type Attempt } from './tab-line.ts';

export interface StageProps {
  status: StampedeStatus | null;
  comings: Comings | undefined;
  attempts: readonly Attempt[];
  tab: OwnTab;
  /** The wire log has dropped events. */
  hasGaps: boolean;
}

/** The run that goes on: how far it is, who came when, and how the page itself fared. */
export function Stage({ status, comings, attempts, tab, hasGaps }: StageProps) {
  return (
    <div className="stampede-stage">
      <p className="stampede-says" role="status">
        {phaseSentence(status, comings)}
        {hasGaps &&
          ' The wire log is full and has dropped its oldest events: the counts are too low. Clear the table.'}
      </p>
      <ArrivalChart comings={comings ?? nobody} attempts={attempts} />
      <ul className="stampede-legend">
        <li data-of="ended">connections that the server ended</li>
        <li data-of="arrived">connections that arrived</li>
        <li data-of="refused">of those, found no server</li>
        <li data-of="answered">handshakes answered</li>
        <li>
          your tab: <span data-what="end">✕</span> cut off, <span data-what="failed">○</span> tried in vain,{' '}
          <span data-what="open">●</span> back
        </li>
      </ul>
      <div className="stampede-tab">
        <h3>Your tab in the crowd</h3>
        <p>
          It said {tab.sent} words, and {tab.acknowledged} are acknowledged.{' '}
          {tab.snapshots > 0 &&
            'The server came back without its memory: a snapshot replaced what it no longer had.'}
        </p>
        <ol>
          {actSentences(tab.acts)
            .slice(-5)
            .map((sentence, index) => (
              <li key={index}>{sentence}</li>
            ))}
        </ol>
      </div>
    </div>
  );
}

function phaseSentence(status: StampedeStatus | null, comings: Comings | undefined): string {
  if (!status) return 'Nobody is there yet.';
  if (status.phase === 'gathering') return `${String(status.open)} of ${String(status.bots)} bots are there.`;
  if (!comings) return 'The server ends.';
  const { back, stood, attempts, allBackAfterMs } = comings;
  if (status.phase === 'over' && allBackAfterMs !== undefined) {
    return `All ${String(stood)} were back after ${formatMs(allBackAfterMs)}, with ${String(attempts)} attempts.`;
  }
  if (status.phase === 'over') return 'Everybody has gone home.';
  return `${String(back)} of ${String(stood)} are back, after ${String(attempts)} attempts.`;
}
