import type { ReactNode } from 'react';
import type { ClientEvent } from '../../derive/client-event.ts';
import { connectionTelemetry } from '../../derive/connection-telemetry.ts';
import type { Connection } from '../../derive/connection.ts';
import { userNotice, type UserNotice } from '../../derive/user-notice.ts';
import type { Testimony } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';
import { wireEnd } from '../disconnect-lab/observation.ts';
import { useNow } from '../sse-bench/use-now.ts';
import { pressed, type ErrorRun } from './error-store.ts';

/** Most lines of a list: the last ones stay. */
const maxLines = 6;

/** What crossed the wire on the plain connection. */
export function WireShows({ connection }: { connection: Connection | undefined }) {
  return (
    <View title="On the wire">
      <p className="error-wire">{connection ? wireWords(connection) : '–'}</p>
    </View>
  );
}

function wireWords(connection: Connection): string {
  const opening = connection.handshake === 'open' ? '101, then ' : '';
  const unanswered = connection.handshake === 'unanswered' ? 'a request, and no answer, then ' : '';
  const texts = connection.frames.filter(
    ({ from, frame }) => from === 'server' && (frame.opcode === 1 || frame.opcode === 2),
  ).length;
  const heard =
    texts === 0 ? '' : `${String(texts)} ${texts === 1 ? 'message' : 'messages'} of the server, then `;
  const lost = connection.frames.filter(({ due }) => due === undefined).length;
  const held = lost === 0 ? '' : ` (${String(lost)} frames have not arrived)`;
  return `${opening}${unanswered}${heard}${wireEnd(connection)}${held}`;
}

/** What the script of the plain connection was told. */
export function ScriptTold({ run }: { run: ErrorRun | undefined }) {
  const told = run?.witness.testimonies.filter(isTold) ?? [];
  return (
    <View title="The script is told">
      {told.length === 0 ? (
        <p className="panel-note">{run ? 'nothing so far' : '–'}</p>
      ) : (
        <ol className="error-lines">
          {told.slice(-maxLines).map(({ at, what, detail }) => (
            <li key={at}>
              <strong>{what}</strong>: {detail} <span className="panel-note">{formatMs(at)}</span>
            </li>
          ))}
        </ol>
      )}
    </View>
  );
}

const isTold = ({ what }: Testimony): boolean => !what.includes('(');

/** What the user reads where the snippet as found runs. */
export function AsFound({ run }: { run: ErrorRun | undefined }) {
  const { notices = [], threw = [] } = run?.found ?? {};
  return (
    <View title="The user reads, as found">
      {notices.length + threw.length === 0 ? (
        <p className="panel-note">{run ? 'nothing so far' : '–'}</p>
      ) : (
        <ul className="error-lines">
          {notices.slice(-maxLines).map((notice, index) => (
            <li key={index} className="toast">
              {notice}
            </li>
          ))}
          {threw.slice(-maxLines).map((words, index) => (
            <li key={index} className="thrown">
              in the console only: {words}
            </li>
          ))}
        </ul>
      )}
      <p className="panel-note">
        {run
          ? `${String(notices.length)} ${notices.length === 1 ? 'notice' : 'notices'}; new attempts to connect: none`
          : ''}
      </p>
    </View>
  );
}

/** What the user reads of a client that comes back, and what its makers would. */
export function Calm({ run }: { run: ErrorRun | undefined }) {
  const now = useNow(run !== undefined && run.phase !== 'over');
  const events = run?.events ?? [];
  const notice = run ? userNotice(events, Math.max(now, events.at(-1)?.at ?? 0)) : undefined;
  return (
    <View title="The user reads, calmly">
      <Notice notice={notice} isGoing={run !== undefined && run.phase !== 'over'} events={events} />
      {run && (
        <details className="error-telemetry">
          <summary>What its makers would be told</summary>
          <pre>{JSON.stringify(connectionTelemetry(events, peakOf(run), now), undefined, 1)}</pre>
          <p className="panel-note">Nothing of it leaves this machine.</p>
        </details>
      )}
    </View>
  );
}

const peakOf = ({ witness }: ErrorRun): number =>
  Math.max(0, ...witness.testimonies.map(({ bufferedAmount }) => bufferedAmount));

function Notice({
  notice,
  isGoing,
  events,
}: {
  notice: UserNotice | undefined;
  isGoing: boolean;
  events: readonly ClientEvent[];
}) {
  const attempts = events.filter(({ what }) => what === 'connecting').length;
  return (
    <>
      <div className="calm-notice" data-tone={notice?.tone ?? 'none'}>
        <p role="status">{notice?.text ?? ''}</p>
        {notice?.retryInMs !== undefined && (
          <span className="panel-note">next attempt in {Math.ceil(notice.retryInMs / 1000)} s</span>
        )}
        {notice?.action !== undefined && (
          <button type="button" className="bench-button" disabled={!isGoing} onClick={pressed}>
            {notice.action}
          </button>
        )}
        {!notice && <span className="panel-note">{events.length === 0 ? '–' : 'nothing to read'}</span>}
      </div>
      <p className="panel-note">
        {events.length === 0 ? '' : `${String(attempts)} ${attempts === 1 ? 'attempt' : 'attempts'} so far`}
      </p>
    </>
  );
}

function View({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="error-view" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
