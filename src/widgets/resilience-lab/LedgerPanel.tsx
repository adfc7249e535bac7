import { memo, useState } from 'react';
import { totalsOf, type LedgerLine, type LedgerTotals } from '../../derive/message-fate.ts';
import type { MessageLedger } from '../../derive/message-ledger.ts';
import { waitWords } from '../../derive/condition-words.ts';
import { fateSigns, legendOrder } from './fate-words.ts';
import { LedgerGrid } from './LedgerGrid.tsx';
import { Testimonies } from './Testimonies.tsx';
import './ledger-panel.css';

const nobody: readonly LedgerLine[] = [];

export interface LedgerPanelProps {
  ledger: MessageLedger | undefined;
  lateMs: number;
  /** Events that the wire log no longer holds: of what they told, the ledger knows nothing. */
  droppedEvents: number;
}

/** Every message of a run in both directions: its fate, the totals, and on request what each eyewitness says. */
export const LedgerPanel = memo(function LedgerPanel({ ledger, lateMs, droppedEvents }: LedgerPanelProps) {
  const [chosen, setChosen] = useState<{ from: 'client' | 'server'; index: number }>();
  const line = chosen && ledger?.[chosen.from][chosen.index];
  return (
    <section className="ledger-panel" aria-label="Message ledger">
      {(['client', 'server'] as const).map((from) => {
        const lines = ledger?.[from] ?? nobody;
        return (
          <div key={from} className="ledger-direction" data-side={from}>
            <h3>
              <span className="side-letter" aria-hidden="true">
                {from === 'client' ? 'C' : 'S'}
              </span>{' '}
              {from === 'client' ? 'Page to server' : 'Server to page'}
            </h3>
            <Totals
              totals={totalsOf(lines, lateMs)}
              label={from === 'client' ? 'to the server' : 'to the page'}
            />
            <LedgerGrid
              label={from === 'client' ? 'Messages of the page' : 'Messages of the server'}
              lines={lines}
              selected={chosen?.from === from ? chosen.index : undefined}
              onSelect={(index) => {
                setChosen(index === undefined ? undefined : { from, index });
              }}
            />
          </div>
        );
      })}
      {droppedEvents > 0 && (
        <p className="panel-error" role="status">
          The wire log has dropped {droppedEvents.toLocaleString('en')} events, so the wire and the server
          cannot tell the whole story. Clear the table, and run it again.
        </p>
      )}
      <Testimonies line={line} />
      <details className="options">
        <summary>What the signs mean</summary>
        <dl className="ledger-legend">
          {legendOrder.map((fate) => (
            <div key={fate}>
              <dt>
                <span className="ledger-cell" data-fate={fate} aria-hidden="true">
                  {fateSigns[fate].sign}
                </span>{' '}
                {fate}
              </dt>
              <dd>{fateSigns[fate].meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
});

/** The totals of a direction. What went wrong stands out by its word and its weight. */
function Totals({ totals, label }: { totals: LedgerTotals; label: string }) {
  const rows: [name: string, value: number, isBad: boolean][] = [
    ['given', totals.messages, false],
    ['applied', totals.applied, false],
    ['lost', totals.lost, true],
    ['given up', totals.givenUp, true],
    ['doubled', totals.doubled, true],
    ['late', totals.late, true],
    ['out of order', totals.outOfOrder, true],
    ['in a snapshot', totals.inSnapshot, false],
    ['under way', totals.underWay, false],
  ];
  return (
    <dl className="ledger-totals" aria-label={`Totals ${label}`}>
      {rows.map(([name, value, isBad]) => (
        <div key={name} data-bad={isBad && value > 0}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>longest</dt>
        <dd>{waitWords(totals.longestMs)}</dd>
      </div>
    </dl>
  );
}
