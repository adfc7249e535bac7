import { lastGuessRun, type GuessRun } from '../../derive/guess-lengths.ts';
import type { MessageWeight } from '../../derive/message-weights.ts';

/** What an eavesdropper reads from the lengths alone. */
export function GuessPanel({ weights }: { weights: readonly MessageWeight[] }) {
  const run = lastGuessRun(weights);
  return (
    <section className="guess-panel" aria-label="What the lengths give away">
      <h3>What the lengths give away</h3>
      {run === undefined ? (
        <p className="panel-note">
          “Guess the secret” sends a token that was drawn at random, then eight guesses on the same
          connection. One of them is right.
        </p>
      ) : (
        <ol>
          {run.guesses.map(({ token, wireBytes }) => (
            <li key={token} data-shortest={token === run.shortest}>
              <code>{token}</code> {wireBytes} bytes{token === run.shortest && ', the shortest'}
            </li>
          ))}
        </ol>
      )}
      <p role="status">{run && run.guesses.length > 0 ? says(run) : ''}</p>
    </section>
  );
}

function says({ secret, shortest }: GuessRun): string {
  if (shortest === undefined)
    return `No guess stands out by its length. The secret was ${secret}; the wire did not say.`;
  return shortest === secret
    ? `The shortest guess is the secret: ${secret}. Nobody had to read a byte of it.`
    : `The shortest guess is wrong: the secret was ${secret}.`;
}
