import { useState } from 'react';
import type { Connection } from '../../derive/connection.ts';

const guesses = ['1', '5', '12 or so', '30 or more'] as const;
type Guess = (typeof guesses)[number];

/** Which guess comes closest to a number of field lines. */
function closest(count: number): Guess {
  if (count < 3) return '1';
  if (count < 9) return '5';
  return count < 22 ? '12 or so' : '30 or more';
}

/** One question before Connect, answered by the learner's own bytes. */
export function Prediction({ connection }: { connection: Connection | undefined }) {
  const [guess, setGuess] = useState<Guess>();
  const count = connection?.request?.fields.length;
  return (
    <fieldset className="prediction" disabled={count !== undefined && guess !== undefined}>
      <legend>
        Guess first: your script will say <code>new WebSocket(url)</code>. How many header lines will your
        browser send?
      </legend>
      <div className="guesses">
        {guesses.map((text) => (
          <label key={text}>
            <input
              type="radio"
              name="header-lines"
              checked={guess === text}
              onChange={() => {
                setGuess(text);
              }}
            />
            {text}
          </label>
        ))}
      </div>
      <p className="prediction-answer" role="status">
        {answer(guess, count)}
      </p>
    </fieldset>
  );
}

function answer(guess: Guess | undefined, count: number | undefined): string {
  if (count === undefined) return guess === undefined ? '' : 'Now connect, and count.';
  const fact = `Your browser sent ${String(count)}. Your script had a say in the request-target, and in Sec-WebSocket-Protocol if it offered one: in nothing else.`;
  if (guess === undefined) return fact;
  return guess === closest(count) ? `✓ ${fact}` : `✗ You guessed ${guess}. ${fact}`;
}
