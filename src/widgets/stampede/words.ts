import type { Comeback, StampedeRequest } from '../../contract/stampede.ts';
import { waitWords } from '../../derive/condition-words.ts';

/** How clients come back, in a word or two. */
export const comebackWords: Readonly<Record<Comeback, string>> = {
  fixed: 'fixed delay',
  exponential: 'exponential',
  jittered: 'jittered',
};

/** What each of them does, in a sentence. */
export const comebackSays: Readonly<Record<Comeback, string>> = {
  fixed: 'Everybody tries again after 1 s, and after 1 s again, until it works.',
  exponential: 'Everybody waits 1 s, 1 s, 2 s, 4 s, 8 s: the same times for all.',
  jittered: 'The first wait is a random part of 5 s, then a random part of 1 s, 2 s, 4 s, 8 s.',
};

/** How the server ends, in words. */
export function endWords({ code, overMs }: Pick<StampedeRequest, 'code' | 'overMs'>): string {
  const how = code === null ? 'killed' : `closed with ${String(code)}`;
  return overMs === 0 ? how : `${how} over ${waitWords(overMs)}`;
}
