import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useState } from 'react';
import { eventStreamsOf } from '../../derive/event-streams.ts';
import { continuityOf } from '../../derive/stream-continuity.ts';
import { cut } from '../../lab/lab-client.ts';
import { calmFeed } from '../bench/calm-feed.ts';
import { markOf } from '../../derive/mark-of.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ContinuityFacts } from './ContinuityFacts.tsx';
import { $stream, closeStream, openStream } from './one-stream.ts';
import { RawStream } from './RawStream.tsx';
import { ScriptHeard } from './ScriptHeard.tsx';

/** How many of the streams are shown: the one that broke, the one that went on, and one before. */
const mostShown = 3;

/** One event stream: its bytes, what its script heard, and what becomes of it when its connection is cut. */
export function StreamPanel({ table }: { table: WireLogOnTable }) {
  const own = useStore($stream);
  const { session, log, replay } = table;
  const [trouble, setTrouble] = useState('');
  const path = replay ? undefined : session.lab?.services['feed/events'];
  const labId = replay ? undefined : session.lab?.id;
  const streams = useMemo(
    () =>
      own === undefined || replay
        ? []
        : log.connections.flatMap(eventStreamsOf).filter(({ target }) => markOf(target) === own.mark),
    [own, log, replay],
  );
  const continuity = useMemo(() => continuityOf(streams), [streams]);
  const open = streams.findLast(
    ({ endedAt, answeredAt }) => endedAt === undefined && answeredAt !== undefined,
  );
  const isAlive = own !== undefined && own.witness.source.readyState !== EventSource.CLOSED;

  useEffect(() => closeStream, [path]);

  const attempt = (what: Promise<void>): void => {
    setTrouble('');
    what.catch((error: unknown) => {
      setTrouble(error instanceof Error ? error.message : String(error));
    });
  };
  const begin = async (id: string, events: string): Promise<void> => {
    await calmFeed(id);
    openStream(events);
  };

  return (
    <div className="panel">
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={path === undefined || labId === undefined || isAlive}
          onClick={() => {
            if (path !== undefined && labId !== undefined) attempt(begin(labId, path));
          }}
        >
          Open an event stream
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={!isAlive || open === undefined || labId === undefined}
          onClick={() => {
            if (labId !== undefined && open) attempt(cut(labId, { how: 'rst', connection: open.conn }));
          }}
        >
          Cut its connection
        </button>
        <button type="button" className="bench-button" disabled={!isAlive} onClick={closeStream}>
          close()
        </button>
        <span className="panel-note">
          A cut is a reset by the link, as of a network that drops a connection.
        </span>
      </div>
      <p className="panel-error" role="alert">
        {trouble}
      </p>
      <ContinuityFacts continuity={continuity} connections={new Set(streams.map(({ conn }) => conn)).size} />
      <div className="stream-sides">
        <RawStream streams={streams.slice(-mostShown)} />
        <ScriptHeard witness={own?.witness} />
      </div>
      <WireDetails table={table} only={({ conn }) => streams.some((stream) => stream.conn === conn)} />
    </div>
  );
}
