import { useStore } from '@nanostores/react';
import { formatMs } from '../../ui/units.ts';
import { $deliveries, waitForPoll, type Delivery } from './deliveries.ts';

/** So many messages have their times shown, the newest. */
const mostShown = 4;

/** How long the last messages took from one pane to the other, by the one clock of this page. */
export function Deliveries() {
  const deliveries = useStore($deliveries).slice(0, mostShown);
  const longest = Math.max(1, ...deliveries.map(totalMs));
  return (
    <section className="deliveries" aria-label="How long it took">
      <h3>From send to seen</h3>
      {deliveries.length === 0 && (
        <p className="panel-note">Join with both, and say something. Each message gets its times here.</p>
      )}
      <ol>
        {deliveries.map((delivery) => (
          <li key={delivery.clientId}>
            <p>
              <strong className="delivery-text">{delivery.text}</strong> {way(delivery)}
            </p>
            <p className="delivery-times">{timesSay(delivery)}</p>
            <Bar delivery={delivery} longest={longest} />
          </li>
        ))}
      </ol>
    </section>
  );
}

const totalMs = ({ sentAt, seen }: Delivery): number => (seen ? seen.at - sentAt : 0);

const way = ({ sender, sentBy, seen }: Delivery): string =>
  `${sender} (${sentBy}) → ${seen ? `${seen.name} (${seen.way})` : '…'}`;

function timesSay(delivery: Delivery): string {
  const { sentAt, storedAt, seen } = delivery;
  const stored =
    storedAt === undefined ? 'no acknowledgement yet' : `acknowledged after ${formatMs(storedAt - sentAt)}`;
  if (!seen) return `${stored}; not seen yet`;
  const wait = waitForPoll(delivery);
  const waited = seen.way === 'polling' ? `, ${formatMs(wait)} of it waiting for the next poll` : '';
  return `${stored}; seen after ${formatMs(seen.at - sentAt)}${waited}`;
}

/** The same as a picture: what waiting for a poll took, and all the rest. */
function Bar({ delivery, longest }: { delivery: Delivery; longest: number }) {
  const total = totalMs(delivery);
  const wait = Math.min(total, waitForPoll(delivery));
  const width = (ms: number): string => `${String((ms / longest) * 100)}%`;
  return (
    <span className="delivery-bar" aria-hidden="true">
      <span className="delivery-way" style={{ width: width(total - wait) }} />
      <span className="delivery-wait" style={{ width: width(wait) }} />
    </span>
  );
}
