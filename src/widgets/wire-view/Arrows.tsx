import { chunkPlace } from '../../derive/chunk-place.ts';
import { rungViolations } from '../../derive/frame-violations.ts';
import { placeOfTime } from '../../derive/ladder-scale.ts';
import type { Rung } from '../../derive/rung.ts';
import type { Geometry } from './geometry.ts';

export interface ArrowsProps {
  rungs: readonly Rung[];
  /** The rungs in sight: from this one, and before that one. */
  first: number;
  last: number;
  geometry: Geometry;
  selected: string | undefined;
}

/** How far above what is in sight an arrow may begin and still reach into it, in rungs. */
const longestArrow = 200;

/** The rails and the arrows between them: each begins when the last byte entered the link and ends when it left. */
export function Arrows({ rungs, first, last, geometry, selected }: ArrowsProps) {
  const { rowHeight, laneStart, laneWidth } = geometry;
  const begin = Math.max(0, first - longestArrow);
  const arrows = rungs.slice(begin, last).map((rung, index) => ({ rung, index: begin + index }));
  const left = laneStart + 12;
  const y = (place: number): number => (place + 0.5) * rowHeight;
  return (
    <svg
      className="ladder-arrows"
      width={laneStart + laneWidth + 24}
      height={rungs.length * rowHeight}
      aria-hidden="true"
    >
      <line
        className="rail"
        data-side="client"
        x1={left}
        x2={left}
        y1={first * rowHeight}
        y2={last * rowHeight}
      />
      <line
        className="rail"
        data-side="server"
        x1={left + laneWidth}
        x2={left + laneWidth}
        y1={first * rowHeight}
        y2={last * rowHeight}
      />
      {arrows.map(({ rung, index }) => {
        const end = endOf(rungs, rung, index);
        if (index < first && (end === undefined || end < first)) return null;
        return (
          <Arrow
            key={rung.id}
            rung={rung}
            from={y(index)}
            to={end === undefined ? undefined : y(end)}
            left={left}
            width={laneWidth}
            selected={rung.id === selected}
          />
        );
      })}
    </svg>
  );
}

const endOf = (rungs: readonly Rung[], { due, at }: Rung, index: number): number | undefined =>
  due === undefined ? undefined : due <= at ? index : placeOfTime(rungs, due, index);

interface ArrowProps {
  rung: Rung;
  from: number;
  /** `undefined` where it never arrived, or has not yet. */
  to: number | undefined;
  left: number;
  width: number;
  selected: boolean;
}

function Arrow({ rung, from, to, left, width, selected }: ArrowProps) {
  const { what } = rung;
  const right = left + width;
  if (what.kind === 'accepted' || what.kind === 'open') {
    return <line className="bond" data-kind={what.kind} x1={left} x2={right} y1={from} y2={from} />;
  }
  if (what.kind === 'script') return <circle className="script-dot" cx={left} cy={from} r={4} />;
  if (what.kind === 'conditions' || what.kind === 'imposed' || what.kind === 'gap') {
    return <line className="bond" data-kind={what.kind} x1={left} x2={right} y1={from} y2={from} />;
  }
  const toServer = rung.from === 'client';
  const start = toServer ? left : rung.from === 'link' ? left + width / 2 : right;
  const goal = toServer ? right : left;
  const arrived = to !== undefined;
  // Held or lost: it has entered the link and gone half the way.
  const end = arrived ? goal : (start + goal) / 2;
  const height = to ?? from;
  const chunks =
    what.kind === 'frame' && rung.connection ? chunkPlace(rung.connection, what.frame) : undefined;
  return (
    <g
      className="arrow"
      data-from={rung.from}
      data-kind={arrowKind(rung)}
      data-selected={selected || undefined}
    >
      <line className="arrow-line" x1={start} y1={from} x2={end} y2={height} />
      {arrived ? (
        <Head x={end} y={height} fromX={start} fromY={from} />
      ) : (
        <NoArrival x={end} y={height} lost={rung.isLost} />
      )}
      {chunks?.sharesWithPrevious === true && (
        <circle className="chunk-shared" cx={start} cy={from} r={4.5} />
      )}
      {chunks !== undefined &&
        Array.from({ length: Math.min(chunks.pieces - 1, 6) }, (_, index) => {
          const part = (index + 1) / Math.min(chunks.pieces, 7);
          const x = start + (end - start) * part;
          const y = from + (height - from) * part;
          return <line key={index} className="chunk-tick" x1={x} x2={x} y1={y - 5} y2={y + 5} />;
        })}
    </g>
  );
}

function arrowKind(rung: Rung): string {
  const { what } = rung;
  if (rungViolations(rung).length > 0) return 'broken';
  if (what.kind !== 'frame') return what.kind;
  return what.frame.frame.opcode >= 8 ? 'control' : 'data';
}

function Head({ x, y, fromX, fromY }: { x: number; y: number; fromX: number; fromY: number }) {
  const angle = (Math.atan2(y - fromY, x - fromX) * 180) / Math.PI;
  return (
    <path
      className="arrow-head"
      d="M0 0 L-10 -4.5 L-10 4.5 Z"
      transform={`translate(${String(x)} ${String(y)}) rotate(${String(angle)})`}
    />
  );
}

/** The end of an arrow that did not arrive: a cross where its bytes were lost, two bars where the link holds them. */
function NoArrival({ x, y, lost }: { x: number; y: number; lost: boolean }) {
  const path = lost ? 'M-5 -5 L5 5 M-5 5 L5 -5' : 'M-3 -6 L-3 6 M3 -6 L3 6';
  return <path className="arrow-stop" d={path} transform={`translate(${String(x)} ${String(y)})`} />;
}
