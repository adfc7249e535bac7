import type { Attempt } from '../../derive/attempts.ts';
import { waitWords } from '../../derive/condition-words.ts';
import { formatMs } from '../../ui/units.ts';
import './attempt-line.css';

/** A stretch of time in which something was imposed; ms since the run began. */
export interface ImposedStretch {
  from: number;
  to: number;
  words: string;
  /** Nothing gets through: frozen, or the server is down. */
  isBroken: boolean;
}

export interface AttemptLineProps {
  /** Times are ms since the run began. */
  attempts: readonly Attempt[];
  imposed: readonly ImposedStretch[];
  /** How far the run is, and how long it is to be, ms. */
  elapsedMs: number;
  lengthMs: number;
}

/** The connections of a run as bars, the waits between them as gaps with what chance has drawn, and what was imposed. */
export function AttemptLine({ attempts, imposed, elapsedMs, lengthMs }: AttemptLineProps) {
  const wholeMs = Math.max(lengthMs, elapsedMs, 1000);
  const place = (from: number, to: number) => ({
    insetInlineStart: `${String((Math.max(0, from) / wholeMs) * 100)}%`,
    width: `${String((Math.max(0, Math.min(to, wholeMs) - from) / wholeMs) * 100)}%`,
  });
  return (
    <section className="attempt-line" aria-label="Connections and waits">
      <div className="attempt-track" aria-hidden="true">
        {imposed.map(({ from, to, words, isBroken }) => (
          <span key={from} className="attempt-imposed" data-broken={isBroken} style={place(from, to)}>
            <span>{words}</span>
          </span>
        ))}
        {attempts.map((attempt) => {
          const { number, beganAt, openedAt, endedAt, delayMs } = attempt;
          const end = endedAt ?? elapsedMs;
          return (
            <span key={number}>
              <span className="attempt-bar" data-kind="connecting" style={place(beganAt, openedAt ?? end)} />
              {openedAt !== undefined && (
                <span className="attempt-bar" data-kind="open" style={place(openedAt, end)}>
                  {number}
                </span>
              )}
              {delayMs !== undefined && (
                <span className="attempt-wait" style={place(end, end + delayMs)}>
                  <span>{waitWords(delayMs)}</span>
                </span>
              )}
            </span>
          );
        })}
        <span
          className="attempt-now"
          style={{ transform: `translateX(${String((Math.min(elapsedMs, wholeMs) / wholeMs) * 100)}%)` }}
        />
      </div>
      <p className="attempt-scale" aria-hidden="true">
        <span>0 s</span>
        <span>{waitWords(wholeMs)}</span>
      </p>
      <ol className="attempt-words" aria-label="Attempts">
        {attempts.slice(-maxInWords).map((attempt) => (
          <li key={attempt.number}>{wordsOf(attempt)}</li>
        ))}
      </ol>
    </section>
  );
}

/** The last so many attempts are told in words, too: their place is kept. */
const maxInWords = 4;

function wordsOf({ number, beganAt, openedAt, endedAt, code, isGivenUp, delayMs, final }: Attempt): string {
  const parts = [`Attempt ${String(number)} at ${(beganAt / 1000).toFixed(1)} s`];
  if (openedAt !== undefined) parts.push(`open after ${formatMs(openedAt - beganAt)}`);
  if (endedAt !== undefined) {
    const since = `after ${formatMs(endedAt - (openedAt ?? beganAt))}`;
    const how = isGivenUp ? 'given up: its heartbeat was not answered' : `ended with ${String(code)}`;
    parts.push(`${openedAt === undefined ? 'failed' : how} ${since}`);
  }
  if (delayMs !== undefined) parts.push(`then a wait of ${formatMs(delayMs)}`);
  if (final !== undefined) parts.push(`no further one: ${final}`);
  return parts.join(', ');
}
