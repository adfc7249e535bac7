import type { MessageWeight } from './message-weights.ts';

/** The message of the experiment, by whoever sends it: all alike but for the token and the name. */
export const noteWith = (token: string, by: 'victim' | 'attack'): string => JSON.stringify({ token, by });

/** What an eavesdropper could read from the lengths of one run of the experiment. */
export interface GuessRun {
  secret: string;
  /** Each guess and the payload of its frames, in bytes, in the order of sending. */
  guesses: readonly { token: string; wireBytes: number }[];
  /** The guess that was shorter than all others; `undefined` where there is none such. */
  shortest: string | undefined;
}

/** The victim's message, and the guesses that followed it, as the wire has them: of the last run on a connection. */
export function lastGuessRun(weights: readonly MessageWeight[]): GuessRun | undefined {
  const sent = weights.flatMap(({ from, text, wireBytes }) => {
    const match = /^\{"token":"([^"]*)","by":"(victim|attack)"\}$/.exec(text ?? '');
    if (from !== 'client' || !match) return [];
    return [{ token: match[1] ?? '', by: match[2], wireBytes }];
  });
  const start = sent.findLastIndex(({ by }) => by === 'victim');
  const victim = sent[start];
  if (!victim) return undefined;
  // The first guess carries words that the window has not seen yet: it is there to be thrown away.
  const guesses = sent.slice(start + 2).map(({ token, wireBytes }) => ({ token, wireBytes }));
  const least = Math.min(...guesses.map(({ wireBytes }) => wireBytes));
  const candidates = guesses.filter(({ wireBytes }) => wireBytes === least);
  const isAlone = candidates.length === 1 && guesses.length > 1;
  return { secret: victim.token, guesses, shortest: isAlone ? candidates[0]?.token : undefined };
}
