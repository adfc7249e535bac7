import type { ByteRange } from './byte-range.ts';
import type { Rule } from './rule.ts';

/** A rule that was broken, and the bytes that broke it. */
export interface Violation {
  rule: Rule;
  at: ByteRange;
  /** What stood there, in words: for a message beside the rule's own sentence. */
  found: string;
}
