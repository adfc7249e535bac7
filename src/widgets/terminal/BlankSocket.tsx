import { useState } from 'react';
import { blankSocket } from '../../../lessons/challenges/blank-socket/blank-socket.ts';
import type { Connection } from '../../derive/connection.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';

/** The ladder from a blank socket, step by step; the first that is not done is shown until another is chosen. */
export function BlankSocket({ connections }: { connections: readonly Connection[] }) {
  const [chosen, setChosen] = useState<string>();
  const done = new Set(blankSocket.filter((step) => step.judge(connections).passed).map(({ id }) => id));
  const next = blankSocket.find(({ id }) => !done.has(id)) ?? blankSocket.at(-1);
  const shown = blankSocket.find(({ id }) => id === chosen) ?? next;
  return (
    <div className="blank-socket">
      <p className="panel-lead">
        The ladder from a blank socket: {done.size} of {blankSocket.length} done.
      </p>
      <ol className="blank-socket-steps">
        {blankSocket.map(({ id, title }, index) => (
          <li key={id}>
            <button
              type="button"
              className="bench-button quiet"
              aria-current={id === shown?.id ? 'step' : undefined}
              aria-label={`${title}${done.has(id) ? ', done' : ''}`}
              onClick={() => {
                setChosen(id);
              }}
            >
              {done.has(id) ? '✓' : String(index + 1)}
            </button>
          </li>
        ))}
      </ol>
      {shown && <ChallengeCard key={shown.id} challenge={shown} connections={connections} />}
    </div>
  );
}
