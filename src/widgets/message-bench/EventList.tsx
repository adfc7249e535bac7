import { readyStates } from '../../derive/lifecycle.ts';
import type { Testimony } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';

/** So many entries are listed, the newest. */
const mostEvents = 40;

/** What the script did and was told, in order; what it sent too early or too late among it. */
export function EventList({ testimonies }: { testimonies: readonly Testimony[] }) {
  const first = Math.max(0, testimonies.length - mostEvents);
  return (
    // A list that scrolls must be reachable for the arrow keys.
    // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
    <div className="message-events" tabIndex={0} role="group" aria-label="What the script saw">
      <h3>What the script saw</h3>
      <ol>
        {testimonies.slice(first).map(({ at, what, readyState, detail, threw }, index) => (
          <li key={first + index} data-threw={threw !== undefined}>
            <span className="event-time">{formatMs(at)}</span> <strong>{what}</strong>{' '}
            <span className="event-time">{readyStates[readyState]}</span>
            <span className="event-detail">{detail.slice(0, 300)}</span>
          </li>
        ))}
      </ol>
      {testimonies.length === 0 && <p className="panel-note">Nothing yet: connect.</p>}
    </div>
  );
}
