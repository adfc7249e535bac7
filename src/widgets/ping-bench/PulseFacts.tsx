import type { Heartbeat, Silence } from '../../derive/heartbeat.ts';
import type { Testimony } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';
import { FactPairs } from '../bench/FactPairs.tsx';

/** What the wire says of a heartbeat, measured. */
export function WireFacts({ heartbeat }: { heartbeat: Heartbeat | undefined }) {
  const pings = heartbeat?.beats.filter(({ from }) => from === 'server') ?? [];
  const times = pings.flatMap(({ at, answeredAt }) => (answeredAt === undefined ? [] : [answeredAt - at]));
  const facts: [name: string, value: string][] = [
    ['Pings of the server', String(pings.length)],
    ['answered', String(times.length)],
    ['slowest answer', times.length === 0 ? '–' : formatMs(Math.max(...times))],
    ['longest time without a pong', lengthOf(heartbeat?.longestWithoutPong)],
    ['longest time without a message of the page', lengthOf(heartbeat?.longestWithoutMessage)],
  ];
  return (
    <section className="fact-list pulse-facts" aria-label="What the wire shows">
      <h3>What the wire shows</h3>
      <FactPairs facts={facts} />
    </section>
  );
}

const lengthOf = (silence: Silence | undefined): string =>
  silence ? formatMs(silence.to - silence.from) : '–';

const events = ['open', 'message', 'error', 'close'] as const;

/** What the page's script was told, counted by the four events that there are. */
export function ScriptFacts({ testimonies }: { testimonies: readonly Testimony[] }) {
  return (
    <section className="fact-list pulse-facts" aria-label="What the script heard">
      <h3>What the script heard</h3>
      <dl>
        {events.map((event) => (
          <div key={event}>
            <dt>
              <code>{event}</code>
            </dt>
            <dd>{testimonies.filter(({ what }) => what === event).length}</dd>
          </div>
        ))}
        <div>
          <dt>ping, pong</dt>
          <dd>no such event</dd>
        </div>
      </dl>
    </section>
  );
}
