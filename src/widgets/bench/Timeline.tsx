import { useEffect, useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { replayPlan } from '../../derive/replay-plan.ts';
import { timeline, type Moment } from '../../derive/timeline.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';
import { FrameTable } from './FrameTable.tsx';
import './timeline.css';

/** How long a replay takes, and the longest pause that it keeps, ms. */
const replayLengthMs = 6000;
const longestPauseMs = 20;

/** The life of a connection from TCP's accept to its end: client left, server right, time down. */
export function Timeline({ connection }: { connection: Connection }) {
  const moments = useMemo(() => timeline(connection), [connection]);
  const plan = useMemo(
    () =>
      replayPlan(
        moments.map(({ at }) => at),
        replayLengthMs,
        longestPauseMs,
      ),
    [moments],
  );
  // How many moments are shown; all of them unless a replay runs.
  const [shown, setShown] = useState<number | undefined>();
  const replaying = shown !== undefined;

  useEffect(() => {
    if (shown === undefined || stillness()) return undefined;
    const wait = (plan.starts[shown] ?? plan.length) - (plan.starts[shown - 1] ?? 0);
    const timer = setTimeout(() => {
      setShown(shown < moments.length ? shown + 1 : undefined);
    }, wait);
    return () => {
      clearTimeout(timer);
    };
  }, [shown, plan, moments.length]);

  const stepping = replaying && stillness();
  return (
    <div className="timeline">
      <div className="timeline-controls">
        <button
          type="button"
          className="bench-button"
          onClick={() => {
            setShown(replaying ? undefined : 1);
          }}
        >
          {replaying ? 'Show all' : 'Replay in slow motion'}
        </button>
        {stepping && (
          <button
            type="button"
            className="bench-button"
            onClick={() => {
              setShown(shown >= moments.length ? undefined : shown + 1);
            }}
          >
            Next moment
          </button>
        )}
        <span className="timeline-label" role="status">
          {replaying && replayLabel(plan.slowdown, plan.cut, stepping)}
        </span>
      </div>
      <ol data-replaying={replaying || undefined}>
        {moments.map((moment, index) => (
          <Row
            key={moment.id}
            moment={moment}
            connection={connection}
            previous={moments[index - 1]}
            hidden={replaying && index >= shown}
            arriving={replaying && !stepping && index === shown - 1}
          />
        ))}
      </ol>
    </div>
  );
}

const stillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

const replayLabel = (slowdown: number, cut: boolean, stepping: boolean): string =>
  stepping
    ? 'Replay, step by step'
    : `Replay, ${Math.max(1, Math.round(slowdown)).toLocaleString('en')} times slower than it was` +
      (cut ? `; pauses over ${String(longestPauseMs)} ms are cut` : '');

interface RowProps {
  connection: Connection;
  moment: Moment;
  previous: Moment | undefined;
  hidden: boolean;
  arriving: boolean;
}

function Row({ moment, connection, previous, hidden, arriving }: RowProps) {
  const [isOpen, setIsOpen] = useState(false);
  const { kind, from, at, due, label, byteCount, frame } = moment;
  const crosses = kind === 'request' || kind === 'response' || kind === 'frame' || kind === 'end';
  const delay = due === undefined ? undefined : due - at;
  return (
    <li
      data-from={from}
      data-kind={kind}
      data-hidden={hidden || undefined}
      data-arriving={arriving || undefined}
    >
      <span className="moment-time">
        {formatMs(at)}
        {previous && <span className="moment-step">+{formatMs(at - previous.at)}</span>}
      </span>
      <span className="moment-lane" aria-hidden="true">
        <span className="lane-end" data-side="client">
          C
        </span>
        <span className="lane-line" data-crosses={crosses || undefined} />
        <span className="lane-end" data-side="server">
          S
        </span>
      </span>
      <span className="moment-text">
        <span className="sr-only">{whoWords[from]}: </span>
        {frame ? (
          <button
            type="button"
            className="moment-frame"
            aria-expanded={isOpen}
            onClick={() => {
              setIsOpen(!isOpen);
            }}
          >
            {label}
          </button>
        ) : (
          <strong>{kind === 'open' ? 'The handshake is done' : label}</strong>
        )}
        <span className="moment-facts">
          {byteCount > 0 &&
            `${formatBytes(byteCount)}, ${from === 'client' ? 'client to server' : 'server to client'}`}
          {kind === 'open' && 'the 101 has left for the client: from here on, frames'}
          {delay !== undefined && delay > 0.05 && `, ${formatMs(delay)} on the link`}
          {delay === undefined && ', held by the link'}
        </span>
      </span>
      {frame && isOpen && <FrameTable frame={frame} connection={connection} />}
    </li>
  );
}

const whoWords: Record<Moment['from'], string> = { client: 'Client', server: 'Server', link: 'Link' };
