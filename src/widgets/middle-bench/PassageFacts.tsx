import type { Connection } from '../../derive/connection.ts';
import type { Passage } from '../../derive/passage.ts';
import type { Witness } from '../../lab/witness.ts';
import type { SocketPulse } from './use-socket-pulse.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';
import { FactPairs, type Facts } from '../bench/FactPairs.tsx';

const states = ['CONNECTING', 'OPEN', 'CLOSING', 'CLOSED'];

/** What the page's script can know of its connection. */
export function ScriptKnows({
  witness,
  pulse,
  deadAfterMs,
}: {
  witness: Witness | undefined;
  pulse: SocketPulse | undefined;
  deadAfterMs: number | undefined;
}) {
  const seen = witness?.testimonies ?? [];
  const closed = seen.findLast(({ what }) => what === 'close');
  const facts: Facts = [
    ['readyState', pulse ? `${String(pulse.readyState)} ${states[pulse.readyState] ?? ''}` : '–'],
    [
      'send() returned',
      String(seen.filter(({ what, threw }) => what === 'send()' && threw === undefined).length),
    ],
    ['message events', String(seen.filter(({ what }) => what === 'message').length)],
    ['bufferedAmount', pulse ? formatBytes(pulse.bufferedAmount) : '–'],
    ['nothing heard for', pulse?.silentMs === undefined ? '–' : formatMs(pulse.silentMs)],
    ['close event', closed?.detail.split(',')[0] ?? 'none'],
    [
      'the heartbeat',
      deadAfterMs === undefined ? 'has found nothing' : `gave up after ${formatMs(deadAfterMs)} of silence`,
    ],
  ];
  return <FactList title="What the script can know" facts={facts} />;
}

/** What the wire shows that has become of it. */
export function WireShows({
  connection,
  passage,
}: {
  connection: Connection | undefined;
  passage: Passage | undefined;
}) {
  const { client, server } = passage ?? {};
  const facts: Facts = [
    [
      'Your messages that reached the server',
      client ? `${String(client.arrived)} of ${String(client.sent)}` : '–',
    ],
    ['The server’s that reached you', server ? `${String(server.arrived)} of ${String(server.sent)}` : '–'],
    [
      'Bytes lost, yours and the server’s',
      client && server ? `${String(client.lostBytes)} and ${String(server.lostBytes)}` : '–',
    ],
    [
      'Slowest of yours; waited behind another',
      client ? `${slowest(client.slowestMs)}; ${String(client.queued)}` : '–',
    ],
    ['Pieces in which your frames arrived', client ? String(client.pieces) : '–'],
    ['The connection', connection ? ending(connection, passage) : '–'],
  ];
  return <FactList title="What the wire shows" facts={facts} />;
}

const slowest = (milliseconds: number | undefined): string =>
  milliseconds === undefined ? 'none arrived' : formatMs(milliseconds);

function ending({ end, openedAt, handshake, response }: Connection, passage: Passage | undefined): string {
  if (passage?.forgottenAt !== undefined)
    return `forgotten after ${formatMs(passage.forgottenAt - openedAt)}`;
  if (handshake === 'refused') return `refused with ${String(response?.statusCode ?? '')}`;
  if (!end) return handshake === 'open' ? 'is open' : 'is being opened';
  const half = passage?.halfClosedMs;
  const both = half === undefined ? '' : `, half closed for ${formatMs(half)}`;
  return `${end.how.toUpperCase()} by the ${end.by}${both}`;
}

function FactList({ title, facts }: { title: string; facts: Facts }) {
  return (
    <section className="fact-list middle-facts" aria-label={title}>
      <h3>{title}</h3>
      <FactPairs facts={facts} />
    </section>
  );
}
