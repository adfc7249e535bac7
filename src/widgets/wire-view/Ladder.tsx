import { useId, type KeyboardEvent } from 'react';
import type { Rung } from '../../derive/rung.ts';
import { Arrows } from './Arrows.tsx';
import { LadderRow } from './LadderRow.tsx';
import type { Geometry } from './geometry.ts';
import { useLadderBox } from './use-ladder-box.ts';
import './ladder.css';

export interface LadderProps {
  rungs: readonly Rung[];
  selected: string | undefined;
  /** Keeps the newest rung in sight. */
  follows: boolean;
  /** The learner has scrolled away from the newest rung. */
  onLeave: () => void;
  onSelect: (id: string) => void;
  /** Enter: on to what the selected rung holds. */
  onEnter: () => void;
}

/** Rungs that are drawn above and below what is in sight. */
const overscan = 8;

/** The ladder: client left, server right, time down, one arrow for each thing that crossed. Only what is in sight is drawn. */
export function Ladder({ rungs, selected, follows, onLeave, onSelect, onEnter }: LadderProps) {
  const id = useId();
  const selectedIndex = selected === undefined ? -1 : rungs.findIndex((rung) => rung.id === selected);
  const { box, view, setTop } = useLadderBox(rungs.length, selectedIndex, follows);
  const { geometry } = view;

  const first = Math.max(0, Math.floor(view.top / geometry.rowHeight) - overscan);
  const last = Math.min(rungs.length, Math.ceil((view.top + view.height) / geometry.rowHeight) + overscan);
  const shown = rungs.slice(first, last);
  const start = rungs[0]?.at ?? 0;

  return (
    <div
      ref={box}
      className="ladder"
      role="listbox"
      aria-label="What crossed the wire, in the order of time"
      tabIndex={0}
      aria-activedescendant={selectedIndex < 0 ? undefined : `${id}-${String(selectedIndex)}`}
      onKeyDown={(event) => {
        const page = Math.max(1, Math.floor(view.height / geometry.rowHeight) - 1);
        const target = targetOf(event, selectedIndex, rungs.length, page);
        if (event.key === 'Enter' && selectedIndex >= 0) onEnter();
        else if (target === undefined) return;
        else onSelect(rungs[target]?.id ?? '');
        event.preventDefault();
      }}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        setTop(scrollTop);
        if (follows && scrollTop < view.top && scrollTop + clientHeight < scrollHeight - geometry.rowHeight)
          onLeave();
      }}
    >
      <LadderHead geometry={geometry} />
      <div
        className="ladder-sheet"
        style={{ height: rungs.length * geometry.rowHeight }}
        data-narrow={geometry.narrow || undefined}
      >
        <Arrows rungs={rungs} first={first} last={last} geometry={geometry} selected={selected} />
        {shown.map((rung, index) => (
          <LadderRow
            key={rung.id}
            id={`${id}-${String(first + index)}`}
            rung={rung}
            previous={rungs[first + index - 1]}
            start={start}
            position={first + index}
            count={rungs.length}
            geometry={geometry}
            selected={rung.id === selected}
            onSelect={onSelect}
          />
        ))}
      </div>
    </div>
  );
}

/** Names the rails, and stays in sight. */
function LadderHead({ geometry: { laneStart, laneWidth, narrow } }: { geometry: Geometry }) {
  return (
    <div className="ladder-head" aria-hidden="true">
      {!narrow && <span className="ladder-head-time">since the first</span>}
      <span className="side-letter" data-side="client" style={{ left: laneStart + 12 }}>
        C
      </span>
      {!narrow && (
        <span className="ladder-head-lane" style={{ left: laneStart + 32, width: laneWidth - 40 }}>
          client · server
        </span>
      )}
      <span className="side-letter" data-side="server" style={{ left: laneStart + 12 + laneWidth }}>
        S
      </span>
    </div>
  );
}

function targetOf({ key }: KeyboardEvent, here: number, count: number, page: number): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: here + 1,
    ArrowUp: here < 0 ? count - 1 : here - 1,
    PageDown: here + page,
    PageUp: here - page,
    Home: 0,
    End: count - 1,
  };
  const target = targets[key];
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
}
