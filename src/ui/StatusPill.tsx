import './status-pill.css';

/** What stands behind a widget: a live connection, a replay of recorded bytes, or nothing. */
export type PillStatus = 'live' | 'replay' | 'connecting' | 'offline';

const words: Record<PillStatus, string> = {
  live: 'live',
  replay: 'replay',
  connecting: 'connecting',
  offline: 'offline',
};

/** Says in a word and a sign how a widget stands. */
export function StatusPill({ status, detail }: { status: PillStatus; detail?: string }) {
  return (
    <span className="status-pill" data-status={status} role="status">
      <span className="status-sign" aria-hidden="true" />
      {words[status]}
      {detail !== undefined && <span className="status-detail">{detail}</span>}
    </span>
  );
}
