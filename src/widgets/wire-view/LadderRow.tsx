import { rungViolations } from '../../derive/frame-violations.ts';
import type { Phase, Rung } from '../../derive/rung.ts';
import { passageWords, rungDetail, rungLabel, rungSentence } from '../../derive/rung-text.ts';
import { formatBytes, formatMs } from '../../ui/units.ts';
import type { Geometry } from './geometry.ts';

export interface LadderRowProps {
  id: string;
  rung: Rung;
  previous: Rung | undefined;
  /** The time of the first rung, ms of the lab. */
  start: number;
  position: number;
  count: number;
  geometry: Geometry;
  selected: boolean;
  onSelect: (id: string) => void;
}

const phaseNames: Record<Phase, string> = {
  tcp: 'TCP',
  http: 'HTTP',
  opening: 'opening handshake',
  open: 'open',
  closing: 'closing handshake',
  closed: 'closed',
};

/** One rung in words, beside its arrow. */
export function LadderRow({
  id,
  rung,
  previous,
  start,
  position,
  count,
  geometry,
  selected,
  onSelect,
}: LadderRowProps) {
  const { from, at, byteCount, phase, what, connection } = rung;
  const broken = rungViolations(rung).length > 0;
  const detail = rungDetail(rung);
  return (
    // The listbox has the keyboard: a row is chosen by its arrow keys.
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events
    <div
      id={id}
      className="rung"
      role="option"
      tabIndex={-1}
      aria-selected={selected}
      aria-posinset={position + 1}
      aria-setsize={count}
      aria-label={rungSentence(rung)}
      data-from={from}
      data-kind={what.kind}
      data-broken={broken || undefined}
      data-fragment={what.kind === 'frame' ? what.fragment?.place : undefined}
      style={{ top: position * geometry.rowHeight, height: geometry.rowHeight }}
      onClick={() => {
        onSelect(rung.id);
      }}
    >
      <span className="rung-time">
        {formatMs(at - start)}
        {previous && <span className="rung-step">+{formatMs(at - previous.at)}</span>}
      </span>
      <span className="rung-lane" style={{ width: geometry.laneWidth + 24 }} />
      <span className="rung-text">
        <span className="rung-label">
          {what.kind === 'script' && <span className="rung-tag">script</span>}
          {broken && <span className="rung-tag rung-tag-broken">illegal</span>}
          {rungLabel(rung)}
        </span>
        <span className="rung-detail">
          {[detail, byteCount > 0 && what.kind !== 'lost' && formatBytes(byteCount), passageWords(rung)]
            .filter((part) => part !== '' && part !== false)
            .join(' · ')}
        </span>
      </span>
      {rung.begins && connection && !geometry.narrow && (
        <span className="rung-phase">
          {String(connection.conn)} · {phaseNames[phase]}
        </span>
      )}
    </div>
  );
}
