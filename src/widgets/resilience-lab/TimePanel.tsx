import { useMemo } from 'react';
import type { ConditionsEvent } from '../../contract/wire-event.ts';
import { attemptsOf, type Attempt } from '../../derive/attempts.ts';
import { conditionsSentence } from '../../derive/condition-words.ts';
import { AttemptLine, type ImposedStretch } from './AttemptLine.tsx';
import type { RunState } from './run.ts';

export interface TimePanelProps {
  run: RunState | undefined;
  /** The page's clock, as of the last drawing, and what to add to it to get the lab's, ms. */
  now: number;
  clock: number;
  conditionChanges: readonly ConditionsEvent[];
}

/** The time line of a run, on the page's clock since its beginning. */
export function TimePanel({ run, now, clock, conditionChanges }: TimePanelProps) {
  const beganAt = run?.beganAt ?? 0;
  const end = run?.endedAt ?? now;
  const attempts = run ? attemptsOf(run.beliefs).map((attempt) => since(attempt, beganAt)) : [];
  const imposed = useMemo(
    () => (run ? imposedStretches(conditionChanges, beganAt + clock, end + clock) : []),
    [run, conditionChanges, beganAt, clock, end],
  );
  return (
    <AttemptLine
      attempts={attempts}
      imposed={imposed}
      elapsedMs={run ? Math.max(0, end - beganAt) : 0}
      lengthMs={run?.settings.lengthMs ?? 20_000}
    />
  );
}

const since = (attempt: Attempt, beganAt: number): Attempt => ({
  ...attempt,
  beganAt: attempt.beganAt - beganAt,
  openedAt: attempt.openedAt === undefined ? undefined : attempt.openedAt - beganAt,
  endedAt: attempt.endedAt === undefined ? undefined : attempt.endedAt - beganAt,
});

/** What was imposed between two moments of the lab, as stretches; ms since the first. */
function imposedStretches(changes: readonly ConditionsEvent[], from: number, to: number): ImposedStretch[] {
  const stretches: ImposedStretch[] = [];
  changes.forEach(({ at, conditions }, index) => {
    const until = Math.min(to, changes[index + 1]?.at ?? Infinity);
    const words = conditionsSentence(conditions);
    const begin = Math.max(from, at);
    if (words === 'Perfect link' || until <= begin) return;
    stretches.push({
      from: begin - from,
      to: until - from,
      words: words.replace('Imposed: ', ''),
      isBroken: conditions.frozen !== 'no' || !conditions.accept,
    });
  });
  return stretches;
}
