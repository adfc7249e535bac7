import { rungViolations } from './frame-violations.ts';
import type { Rung } from './rung.ts';
import { rungSentence } from './rung-text.ts';

/** How many rungs are still read out one by one. */
const mostSentences = 2;

/**
 * What a screen reader is told of rungs that were added since it was last told something: each as a sentence while they
 * are few, a summary when it is busy, nothing for nothing.
 */
export function announcement(added: readonly Rung[]): string {
  if (added.length <= mostSentences) return added.map(rungSentence).join(' ');
  const frames = added.filter(({ what }) => what.kind === 'frame');
  const illegal = frames.filter((rung) => rungViolations(rung).length > 0).length;
  const ends = added.filter(({ what }) => what.kind === 'end').length;
  const parts = [
    `${count(added.length, 'event')}`,
    frames.length > 0 &&
      `${count(frames.length, 'frame')}: ${String(frames.filter(({ from }) => from === 'client').length)} from the client, ` +
        `${String(frames.filter(({ from }) => from === 'server').length)} from the server`,
    illegal > 0 && `${String(illegal)} of them illegal`,
    ends > 0 && `${count(ends, 'connection')} ended`,
  ];
  return `${parts.filter((part) => part !== false).join('; ')}.`;
}

const count = (number: number, noun: string): string => `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
