import { useEffect, useRef } from 'react';
import type { EventSourceWitness, EventTestimony } from '../../lab/event-source-witness.ts';
import { formatMs } from '../../ui/units.ts';

const stateWords = ['CONNECTING', 'OPEN', 'CLOSED'] as const;

/** How many entries are shown, the last ones. */
const mostEntries = 40;

/** What the page's script did with its `EventSource`, and what it was told. */
export function ScriptHeard({ witness }: { witness: EventSourceWitness | undefined }) {
  const entries = witness?.testimonies.slice(-mostEntries) ?? [];
  const box = useRef<HTMLDivElement>(null);
  const last = entries.at(-1)?.index;
  useEffect(() => {
    const { current } = box;
    if (current) current.scrollTop = current.scrollHeight;
  }, [last]);
  return (
    <section className="stream-side" aria-labelledby="script-heard-title">
      <h3 id="script-heard-title">What the script heard</h3>
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
      <div className="stream-box" ref={box} tabIndex={0} role="group" aria-label="The script’s events">
        {entries.length === 0 && <p className="panel-note">Nothing yet.</p>}
        <ol className="script-entries">
          {entries.map((entry) => (
            <li key={entry.index} data-what={entry.what}>
              <span className="script-at">{formatMs(entry.at)}</span>
              <span>
                <code>{entry.what}</code> {detailOf(entry)}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function detailOf({ what, detail, lastEventId, readyState }: EventTestimony): string {
  const state = `readyState ${String(readyState)}, ${stateWords[readyState] ?? ''}`;
  switch (what) {
    case 'message':
      return `lastEventId ${lastEventId}, ${String(detail.length)} characters`;
    case 'missed':
      return detail;
    case 'error':
      return `${state}: ${detail}`;
    case 'new EventSource()':
    case 'open':
    case 'close()':
      return state;
  }
}
