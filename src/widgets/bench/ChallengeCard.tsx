import { useMemo, useState } from 'react';
import type { Challenge, JudgedLog } from '../../../lessons/challenges/challenge.ts';
import type { Connection } from '../../derive/connection.ts';
import './challenge.css';

const nothingImposed: JudgedLog = { conditionChanges: [] };

/** A challenge with its verdict, which follows the wire log, and its hints, one at a time. */
export function ChallengeCard({
  challenge,
  connections,
  log = nothingImposed,
}: {
  challenge: Challenge;
  connections: readonly Connection[];
  /** The log, where the challenge is about what was imposed. */
  log?: JudgedLog;
}) {
  const verdict = useMemo(() => challenge.judge(connections, log), [challenge, connections, log]);
  const [hints, setHints] = useState(0);
  const left = challenge.hints.length - hints;
  return (
    <section className="challenge" data-passed={verdict.passed} aria-label={challenge.title}>
      <h3>
        <span aria-hidden="true">{verdict.passed ? '✓' : '○'}</span> {challenge.title}
        <span className="challenge-state">{verdict.passed ? 'done' : 'not yet'}</span>
      </h3>
      <p>{challenge.task}</p>
      <ul aria-live="polite">
        {verdict.seen.map((sentence) => (
          <li key={sentence} data-ok="true">
            <span aria-hidden="true">✓</span> {sentence}
          </li>
        ))}
        {verdict.missing.map((sentence) => (
          <li key={sentence} data-ok="false">
            <span aria-hidden="true">○</span> {sentence}
          </li>
        ))}
      </ul>
      {challenge.hints.slice(0, hints).map((hint, index) => (
        <p key={hint} className="hint">
          Hint {index + 1}: {hint}
        </p>
      ))}
      {!verdict.passed && left > 0 && (
        <button
          type="button"
          className="bench-button quiet"
          onClick={() => {
            setHints(hints + 1);
          }}
        >
          A hint ({left} left)
        </button>
      )}
    </section>
  );
}
