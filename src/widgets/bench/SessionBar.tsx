import type { SessionState } from '../../lab/lab-session.ts';
import { renewLab, retryNow } from '../../lab/session-store.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import './session-bar.css';
import { StatusPill, type PillStatus } from '../../ui/StatusPill.tsx';

export interface SessionBarProps {
  title: string;
  session: SessionState;
  replay: boolean;
}

/** The head of a bench: how it stands with the sandbox, and what to do where it does not. */
export function SessionBar({ title, session, replay }: SessionBarProps) {
  return (
    <header className="session-bar">
      <p className="bench-title">{title}</p>
      <StatusPill
        status={pillOf(session, replay)}
        {...(session.lab && !replay ? { detail: `lab ${session.lab.id.slice(0, 6)}` } : {})}
      />
      <button
        type="button"
        className="bench-button quiet"
        disabled={session.status !== 'live'}
        onClick={() => {
          void renewLab().catch(retryNow);
        }}
      >
        Clear the table
      </button>
      <div className="session-notice" role="status">
        <Notice session={session} replay={replay} />
      </div>
    </header>
  );
}

function Notice({ session, replay }: Omit<SessionBarProps, 'title'>) {
  if (session.status === 'offline') {
    return (
      <p>
        No sandbox answers at <code>{typeof location === 'undefined' ? '' : sandboxOrigin()}</code>. Run{' '}
        <code>npm start</code> in the project&rsquo;s folder: this bench resumes by itself.{' '}
        {replay && 'What you see is a recording of real bytes.'}{' '}
        <button type="button" className="bench-button quiet" onClick={retryNow}>
          Try now
        </button>
      </p>
    );
  }
  return session.notice === undefined ? null : <p>{session.notice}</p>;
}

function pillOf({ status }: SessionState, replay: boolean): PillStatus {
  if (replay) return 'replay';
  return status === 'refused' ? 'offline' : status;
}
