import type { ByteRange } from '../../../protocol/byte-range.ts';
import type { Violation } from '../../../protocol/violation.ts';

export interface BrokenRulesProps {
  violations: readonly Violation[];
  /** Where the frame stands, in the bytes that the places of the violations are counted in. */
  range: ByteRange;
}

/** The rules that a frame breaks, each in the standard's words, with what was found, where, and what it calls for. */
export function BrokenRules({ violations, range }: BrokenRulesProps) {
  return violations.map(({ rule, found, at }) => (
    <p className="frame-broken" key={rule.id}>
      <span aria-hidden="true">✗ </span>
      <strong>Illegal.</strong> {rule.says} <span className="section">{rule.section}</span> Here: {found}
      {placeWords(at, range)}.
      {rule.closeCode !== undefined &&
        ` Whoever receives it fails the connection with ${String(rule.closeCode)}.`}
    </p>
  ));
}

/** Which bytes of the frame are to blame, counted from 0 as in its hex view; nothing where it is all of it, or more. */
function placeWords(at: ByteRange, { start, end }: ByteRange): string {
  const first = at.start - start;
  const last = at.end - start - 1;
  if (first < 0 || last < first || (first === 0 && at.end === end)) return '';
  return first === last ? `, in byte ${String(first)}` : `, in bytes ${String(first)} to ${String(last)}`;
}
