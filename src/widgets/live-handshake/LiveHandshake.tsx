import { useStore } from '@nanostores/react';
import { useEffect, useState } from 'react';
import { timesOf, type Connection } from '../../derive/connection.ts';
import { isControl } from '../../protocol/opcode.ts';
import { byteText } from '../../ui/byte-text.ts';
import { StatusPill, type PillStatus } from '../../ui/StatusPill.tsx';
import { formatBytes, formatMs } from '../../ui/units.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { useWireLog } from '../bench/use-wire-log.ts';
import '../../ui/bench.css';
import { FrameBytes } from './FrameBytes.tsx';
import './live-handshake.css';

const socket = createEchoSocket();

/** What is said at once, and how long a text may be: its frame has its place in the lane. */
const greeting = 'hello';
const maxTextLength = 12;

/** `WebSocket.OPEN`, also where the page is built and there is no WebSocket. */
const openState = 1;

/** How long a line waits for the one before it, ms. */
const lineMs = 60;

/**
 * The landing page's proof: opens a connection at once and lets the learner's own handshake flow past, then the bytes
 * of a message and of its echo.
 */
export function LiveHandshake() {
  const { session, log, replay, browserConnection } = useWireLog();
  const witness = useStore(socket.$witness);
  const echo = session.status === 'live' ? session.lab?.services['echo'] : undefined;

  useEffect(() => {
    if (echo !== undefined) socket.connect(echo);
    return socket.disconnect;
  }, [echo]);

  const isOpen = witness?.socket.readyState === openState;
  const [text, setText] = useState(greeting);
  useEffect(() => {
    if (isOpen) socket.say(greeting);
  }, [isOpen, witness?.socket]);

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
        <Lane side="client" title="Client asks" connection={connection} delayLines={0} />
        <Lane
          side="server"
          title="Server answers"
          connection={connection}
          delayLines={connection?.request?.fields.length ?? 0}
        />
      </div>
      <form
        className="live-say"
        onSubmit={(event) => {
          event.preventDefault();
          socket.say(text);
        }}
      >
        <label>
          Say something
          <input
            value={text}
            maxLength={maxTextLength}
            autoComplete="off"
            onChange={({ target }) => {
              setText(target.value);
            }}
          />
        </label>
        <button type="submit" className="bench-button" disabled={!isOpen || text === ''}>
          Send it
        </button>
        <p className="live-facts" role="status">
          {facts(connection, replay, pill === 'offline')}
        </p>
      </form>
    </section>
  );
}

interface LaneProps {
  side: 'client' | 'server';
  title: string;
  connection: Connection | undefined;
  /** How many lines flow past before the first of this lane. */
  delayLines: number;
}

/** One side, line by line as it flows past: the bytes are those of the wire, the pace is not. */
function Lane({ side, title, connection, delayLines }: LaneProps) {
  const head = side === 'client' ? connection?.request : connection?.response;
  const ranges = head ? [head.startLine, ...head.fields.map(({ range }) => range)] : [];
  const said = connection?.frames.filter(({ from, frame }) => from === side && !isControl(frame.opcode));
  const last = said?.at(-1);
  const headLines = (connection?.request?.fields.length ?? 0) + (connection?.response?.fields.length ?? 0);
  return (
    <div className="live-lane" data-side={side}>
      <p className="live-title">
        <span className="side-letter" aria-hidden="true">
          {side === 'client' ? 'C' : 'S'}
        </span>
        {title}
      </p>
      <ol className="live-head">
        {ranges.map(({ start, end }, index) => (
          <li key={start} style={{ animationDelay: `${String((delayLines + index) * lineMs)}ms` }}>
            {head && byteText(head.bytes.subarray(start, end), { invisible: false })}
          </li>
        ))}
      </ol>
      <div className="live-said">
        {connection && last && (
          <FrameBytes
            key={last.index}
            stream={connection[side]}
            timed={last}
            delayMs={said?.length === 1 ? (headLines + (side === 'client' ? 2 : 6)) * lineMs : 0}
          />
        )}
      </div>
    </div>
  );
}

function facts(connection: Connection | undefined, replay: boolean, isOffline: boolean): string {
  if (isOffline && !replay) return 'No sandbox answers. Start it with npm start in the project’s folder.';
  const { request, response } = connection ?? {};
  if (!connection || !request || !response)
    return 'Opening a connection to the sandbox that serves this page …';
  const answered = timesOf(connection.server, { start: 0, end: response.bytes.length });
  const took = formatMs((answered?.due ?? answered?.at ?? connection.openedAt) - connection.openedAt);
  const sizes = `${formatBytes(request.bytes.length)} up, ${formatBytes(response.bytes.length)} down, ${took} in all`;
  return `${sizes}. ${replay ? 'Recorded with Chromium; start the sandbox to see your own.' : 'Shown slower than it was.'}`;
}
