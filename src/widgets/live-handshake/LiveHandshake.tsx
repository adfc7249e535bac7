import { useStore } from '@nanostores/react';
import { useEffect } from 'react';
import { timesOf, type Connection } from '../../derive/connection.ts';
import type { RequestHead, ResponseHead } from '../../protocol/http-head.ts';
import { byteText } from '../../ui/byte-text.ts';
import { StatusPill, type PillStatus } from '../../ui/StatusPill.tsx';
import { formatBytes, formatMs } from '../../ui/units.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { useWireLog } from '../bench/use-wire-log.ts';
import '../../ui/bench.css';
import './live-handshake.css';

const socket = createEchoSocket();

/** The landing page's proof: opens a connection at once and lets the learner's own handshake flow past. */
export function LiveHandshake() {
  const { session, log, replay, browserConnection } = useWireLog();
  const witness = useStore(socket.$witness);
  const echo = session.status === 'live' ? session.lab?.services['echo'] : undefined;

  useEffect(() => {
    if (echo !== undefined) socket.connect(echo);
    return socket.disconnect;
  }, [echo]);

  const connection = replay ? log.connections.at(-1) : witness && browserConnection;
  const pill: PillStatus = replay ? 'replay' : session.status === 'refused' ? 'offline' : session.status;
  return (
    <section className="bench live-handshake not-content" aria-label="Your own handshake">
      <header>
        <p className="bench-title">{replay ? 'A recorded handshake' : 'Your browser, just now'}</p>
        <StatusPill status={pill} />
        <button
          type="button"
          className="bench-button quiet"
          disabled={echo === undefined}
          onClick={() => {
            if (echo !== undefined) socket.connect(echo);
          }}
        >
          Again
        </button>
      </header>
      <div className="live-lanes" key={connection?.conn}>
        <Lane side="client" title="Client asks" head={connection?.request} delayLines={0} />
        <Lane
          side="server"
          title="Server answers"
          head={connection?.response}
          delayLines={connection?.request?.fields.length ?? 0}
        />
      </div>
      <p className="live-facts" role="status">
        {facts(connection, replay)}
      </p>
    </section>
  );
}

interface LaneProps {
  side: 'client' | 'server';
  title: string;
  head: RequestHead | ResponseHead | undefined;
  /** How many lines flow past before the first of this lane. */
  delayLines: number;
}

/** One head, line by line as it flows past: the bytes are those of the wire, the pace is not. */
function Lane({ side, title, head, delayLines }: LaneProps) {
  const ranges = head ? [head.startLine, ...head.fields.map(({ range }) => range)] : [];
  return (
    <div className="live-lane" data-side={side}>
      <p className="live-title">
        <span className="side-letter" aria-hidden="true">
          {side === 'client' ? 'C' : 'S'}
        </span>
        {title}
      </p>
      <ol>
        {ranges.map(({ start, end }, index) => (
          <li key={start} style={{ animationDelay: `${String((delayLines + index) * 60)}ms` }}>
            {head && byteText(head.bytes.subarray(start, end), { invisible: false })}
          </li>
        ))}
      </ol>
    </div>
  );
}

function facts(connection: Connection | undefined, replay: boolean): string {
  const { request, response } = connection ?? {};
  if (!connection || !request || !response)
    return 'Opening a connection to the sandbox that serves this page …';
  const answered = timesOf(connection.server, { start: 0, end: response.bytes.length });
  const took = formatMs((answered?.due ?? answered?.at ?? connection.openedAt) - connection.openedAt);
  const sizes = `${formatBytes(request.bytes.length)} up, ${formatBytes(response.bytes.length)} down, ${took} in all`;
  return `${sizes}. ${replay ? 'Recorded with Chromium; start the sandbox to see your own.' : 'Shown slower than it was.'}`;
}
