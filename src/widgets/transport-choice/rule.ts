import type { Answers } from './questions.ts';
import type { Reference } from './references.ts';
import type { TransportId } from './transports.ts';

/**
 * What speaks for a transport or against it where the answers are so. Points are this page's judgement, small whole
 * numbers; `impossible` rules a transport out.
 */
export interface Rule {
  transport: TransportId;
  /** All of these answers must have been given; none: it always holds. */
  when: Answers;
  points: number | 'impossible';
  says: string;
  source: Reference;
}
