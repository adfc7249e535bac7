import type { Belief } from './belief.ts';

/** One attempt of a page at a connection, and what came of it. Times are ms by the page's own clock. */
export interface Attempt {
  /** 1, 2, 3 … */
  number: number;
  beganAt: number;
  /** The connection was open; `undefined` where it has not come about. */
  openedAt: number | undefined;
  endedAt: number | undefined;
  /** The code of its `close` event. */
  code: number | undefined;
  /** It was given up by the client itself, since its heartbeat was not answered. */
  isGivenUp: boolean;
  /** The wait that was drawn for the next one, from its end on. */
  delayMs: number | undefined;
  /** There will be no further one: why. */
  final: string | undefined;
}

/** The attempts of a run, in the order of time, by what its script did and was told. */
export function attemptsOf(beliefs: readonly Belief[]): Attempt[] {
  const attempts: Attempt[] = [];
  let isDead = false;
  for (const belief of beliefs) {
    const { what, at } = belief;
    const last = attempts.at(-1);
    if (what === 'connecting') attempts.push(newAttempt(attempts.length + 1, at));
    if (what === 'dead') isDead = true;
    if (!last) continue;
    if (what === 'open') last.openedAt ??= at;
    if (what === 'retry') last.delayMs = belief.delayMs;
    if (what === 'final') last.final = belief.why;
    if (what !== 'end') continue;
    // A page that has lost sight of an earlier socket hears of its end, too.
    if (last.endedAt === undefined) {
      last.endedAt = at;
      last.code = belief.code;
      last.isGivenUp = isDead;
    }
    isDead = false;
  }
  return attempts;
}

const newAttempt = (number: number, beganAt: number): Attempt => ({
  number,
  beganAt,
  openedAt: undefined,
  endedAt: undefined,
  code: undefined,
  isGivenUp: false,
  delayMs: undefined,
  final: undefined,
});
