import { lifecycleEdges, readyStates } from '../../derive/lifecycle.ts';

export interface StateDiagramProps {
  /** The readyState of the socket on the bench; `undefined` before the first. */
  state: number | undefined;
  /** How often each edge was walked, by its id. */
  walks: Readonly<Record<string, number>>;
}

/** Where each state stands, in units of the drawing. */
const places: readonly { x: number; y: number }[] = [
  { x: 90, y: 40 },
  { x: 390, y: 40 },
  { x: 90, y: 220 },
  { x: 390, y: 220 },
];
const width = 130;
const height = 52;

/** The edges as lines, from the rim of a state to the rim of another. */
const lines: Readonly<Record<string, { x1: number; y1: number; x2: number; y2: number }>> = {
  '0-1': { x1: 155, y1: 40, x2: 321, y2: 40 },
  '0-2': { x1: 90, y1: 66, x2: 90, y2: 190 },
  '0-3': { x1: 145, y1: 66, x2: 340, y2: 191 },
  '1-2': { x1: 335, y1: 66, x2: 140, y2: 191 },
  '1-3': { x1: 390, y1: 66, x2: 390, y2: 190 },
  '2-3': { x1: 155, y1: 220, x2: 321, y2: 220 },
};

/** The four states and the six edges between them: the state that the socket is in is lit, each edge counts its walks. */
export function StateDiagram({ state, walks }: StateDiagramProps) {
  return (
    <figure className="state-diagram">
      <svg viewBox="0 0 480 270" aria-hidden="true">
        <defs>
          <marker
            id="edge-end"
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="8"
            markerHeight="8"
            orient="auto-start-reverse"
          >
            <path d="M0 0 L10 5 L0 10 Z" />
          </marker>
        </defs>
        {lifecycleEdges.map(({ id }) => {
          const line = lines[id];
          const count = walks[id] ?? 0;
          return (
            line && (
              <g key={id} className="edge" data-walked={count > 0 || undefined}>
                <line x1={line.x1} y1={line.y1} x2={line.x2} y2={line.y2} markerEnd="url(#edge-end)" />
                <circle cx={(line.x1 * 2 + line.x2) / 3} cy={(line.y1 * 2 + line.y2) / 3} r="12" />
                <text x={(line.x1 * 2 + line.x2) / 3} y={(line.y1 * 2 + line.y2) / 3 + 4}>
                  {count}
                </text>
              </g>
            )
          );
        })}
        {places.map(({ x, y }, index) => (
          <g key={index} className="state" data-lit={index === state || undefined}>
            <rect x={x - width / 2} y={y - height / 2} width={width} height={height} rx="8" />
            <text x={x} y={y - 2}>
              {readyStates[index]}
            </text>
            <text className="state-number" x={x} y={y + 15}>
              {index}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        <ul aria-label="The edges of the machine">
          {lifecycleEdges.map(({ id, from, to, by }) => (
            <li key={id} data-walked={(walks[id] ?? 0) > 0 || undefined}>
              <code>
                {readyStates[from]} → {readyStates[to]}
              </code>{' '}
              {by} (walked: {walks[id] ?? 0})
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
  );
}
