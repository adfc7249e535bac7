import type { EventStream } from '../../derive/event-streams.ts';
import { idsOf } from '../../derive/stream-continuity.ts';
import { formatMs } from '../../ui/units.ts';
import { closeOne, crowdSize, isClosed, type CrowdStream } from './crowd.ts';

export interface CrowdTableProps {
  crowd: readonly CrowdStream[];
  /** What the wire log has of them, by their mark. */
  streams: ReadonlyMap<string, EventStream>;
  /** The page's time, ms. */
  now: number;
}

/** The streams of the crowd, each as its script sees it and as the wire does. */
export function CrowdTable({ crowd, streams, now }: CrowdTableProps) {
  return (
    <table className="crowd-table">
      <caption className="sr-only">Event streams, each as the script sees it and as the wire does</caption>
      <thead>
        <tr>
          <th scope="col">Stream</th>
          <th scope="col">The script says</th>
          <th scope="col">The wire says</th>
          <th scope="col">Close it</th>
        </tr>
      </thead>
      <tbody>
        {Array.from({ length: crowdSize }, (_, index) => crowd[index]).map((stream, index) =>
          stream ? (
            <Row key={index} stream={stream} onWire={streams.get(stream.mark)} now={now} />
          ) : (
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              <td>–</td>
              <td>–</td>
              <td />
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}

interface RowProps {
  stream: CrowdStream;
  onWire: EventStream | undefined;
  now: number;
}

function Row({ stream, onWire, now }: RowProps) {
  const waits = !isClosed(stream) && onWire === undefined;
  return (
    <tr data-state={isClosed(stream) ? 'closed' : waits ? 'waits' : 'open'}>
      <th scope="row">{stream.index}</th>
      <td>{scriptWords(stream, now)}</td>
      <td>{wireWords(stream, onWire)}</td>
      <td>
        <button
          type="button"
          className="bench-button quiet"
          disabled={isClosed(stream)}
          aria-label={`Close stream ${String(stream.index)}`}
          onClick={() => {
            closeOne(stream.mark);
          }}
        >
          close()
        </button>
      </td>
    </tr>
  );
}

function scriptWords({ witness }: CrowdStream, now: number): string {
  const { source, openedAt, eventCount, beganAt } = witness;
  if (source.readyState === EventSource.CLOSED) return 'CLOSED';
  if (openedAt === undefined) return `CONNECTING for ${formatMs(now - beganAt)}`;
  return `OPEN after ${formatMs(openedAt)}, events: ${String(eventCount)}`;
}

function wireWords(stream: CrowdStream, onWire: EventStream | undefined): string {
  if (!onWire)
    return isClosed(stream) ? 'it was never asked for' : 'nothing: no request has left the browser';
  const events = `events: ${String(idsOf(onWire).length)}`;
  return `connection ${String(onWire.conn)}${onWire.endedAt === undefined ? '' : ', ended'}, ${events}`;
}
