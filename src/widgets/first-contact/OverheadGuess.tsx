import { useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { isControl } from '../../protocol/opcode.ts';
import { formatBytes } from '../../ui/units.ts';

const guesses = [6, 60, 600] as const;
type Guess = (typeof guesses)[number];

/** How many bytes does WebSocket add to a message on its way to the server? Answered by the learner's first one. */
export function OverheadGuess({ connection }: { connection: Connection | undefined }) {
  const [guess, setGuess] = useState<Guess>();
  const first = connection?.frames.find(({ from, frame }) => from === 'client' && !isControl(frame.opcode));
  const overhead = first && first.range.end - first.range.start - first.frame.wirePayload.length;
  return (
    <fieldset className="prediction">
      <legend>
        Guess first: your script sends the 5 bytes of &ldquo;hello&rdquo;. How many bytes does WebSocket add
        on the way?
      </legend>
      <div className="guesses">
        {guesses.map((bytes) => (
          <label key={bytes}>
            <input
              type="radio"
              name="overhead"
              checked={guess === bytes}
              onChange={() => {
                setGuess(bytes);
              }}
            />
            about {bytes}
          </label>
        ))}
      </div>
      <p className="prediction-answer" role="status">
        {answer(guess, overhead)}
      </p>
    </fieldset>
  );
}

function answer(guess: Guess | undefined, overhead: number | undefined): string {
  if (overhead === undefined) return guess === undefined ? '' : 'Now open a connection, send, and count.';
  const fact = `Your first message went out with ${formatBytes(overhead)} in front of it.`;
  if (guess === undefined) return fact;
  const closest = guesses.toSorted((one, other) => Math.abs(one - overhead) - Math.abs(other - overhead))[0];
  return guess === closest ? `✓ ${fact}` : `✗ ${fact}`;
}
