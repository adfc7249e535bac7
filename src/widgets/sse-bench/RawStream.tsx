import { useEffect, useRef } from 'react';
import type { EventStreamLine } from '../../protocol/event-stream.ts';
import { fieldValues } from '../../protocol/read-head.ts';
import type { EventStream } from '../../derive/event-streams.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';

/** How many lines of a stream are shown, the last ones. */
const mostLines = 40;

/** The streams of a client as they stood on the wire: what it asked, and every line that came. */
export function RawStream({ streams }: { streams: readonly EventStream[] }) {
  const box = useRef<HTMLDivElement>(null);
  const lines = streams.reduce((sum, stream) => sum + stream.lines.length, 0);
  useEffect(() => {
    const { current } = box;
    if (current) current.scrollTop = current.scrollHeight;
  }, [lines, streams.length]);
  return (
    <section className="stream-side" aria-labelledby="raw-stream-title">
      <h3 id="raw-stream-title">On the wire, line by line</h3>
      {/* A box that scrolls must be reachable for the arrow keys. */}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex */}
      <div className="stream-box" ref={box} tabIndex={0} role="group" aria-label="The event stream’s lines">
        {streams.length === 0 && (
          <p className="panel-note">Open an event stream, and each of its lines will appear here.</p>
        )}
        {streams.map((stream) => (
          <OneStream key={`${String(stream.conn)}.${String(stream.exchange.index)}`} stream={stream} />
        ))}
      </div>
    </section>
  );
}

function OneStream({ stream }: { stream: EventStream }) {
  const { conn, target, exchange, lastEventId, lines, endedAt, askedAt } = stream;
  const { response } = exchange;
  const left = lines.length - mostLines;
  return (
    <article className="one-stream" aria-label={`Event stream on TCP connection ${String(conn)}`}>
      <header className="stream-head">
        <p className="stream-conn">
          TCP connection {conn}, asked at {formatMs(askedAt)}
        </p>
        <p className="wire-line" data-side="client">
          GET {target.replace(/^\/labs\/[^/]+/, '/labs/…')}
        </p>
        {lastEventId !== undefined && (
          <p className="wire-line last-event-id" data-side="client">
            Last-Event-ID: {lastEventId}
          </p>
        )}
        {response && (
          <p className="wire-line" data-side="server">
            {response.head.statusCode} {response.head.reasonPhrase},{' '}
            {fieldValues(response.head, 'Content-Type').join(', ')}
          </p>
        )}
      </header>
      {left > 0 && <p className="panel-note">{left} lines before these</p>}
      <ol className="stream-lines">
        {lines.slice(-mostLines).map((line) => (
          <Line key={line.range.start} line={line} />
        ))}
      </ol>
      <p className="stream-conn">
        {formatBytes(response?.body.contentBytes ?? 0)} of content,{' '}
        {formatBytes(response?.body.framingBytes ?? 0)} of chunk sizes
        {endedAt === undefined ? '' : `; the connection ended at ${formatMs(endedAt)}`}
      </p>
    </article>
  );
}

function Line({ line: { kind, name, value } }: { line: EventStreamLine }) {
  if (kind === 'end') {
    return (
      <li className="wire-line" data-kind="end">
        (empty line)
      </li>
    );
  }
  return (
    <li className="wire-line" data-kind={kind} title={value}>
      <b>{name}</b>: {value}
    </li>
  );
}
