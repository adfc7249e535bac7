import type { ByteRange } from './byte-range.ts';
import type { Rule } from './rule.ts';

/** A rule that was broken, and the bytes that broke it. */
export interface Violation {
  rule: Rule;
  at: ByteRange;
  /** What was found there, in words, for a message alongside the rule's own sentence. */
  found: string;
}
