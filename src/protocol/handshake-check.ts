import type { ByteRange } from './byte-range.ts';
import type { ListFault } from './extension.ts';
import type { FieldLine, RequestHead, ResponseHead } from './http-head.ts';
import { fieldLines } from './read-head.ts';
import { rules, type Rule } from './rules.ts';
import { visibleText } from './visible-text.ts';

/** One rule of the opening handshake, held or broken. */
export interface Check {
  rule: Rule;
  ok: boolean;
  /** What was found there, in a few words. */
  found: string;
  /** The bytes that decide it, in the head; absent where nothing stands there. */
  at?: ByteRange;
  side: 'request' | 'response';
}

/** What a check may say of its own instead of the field's values. */
interface Words {
  /** Where there is no such field. */
  absent?: string;
  /** Whatever there is. */
  found?: string | undefined;
  at?: ByteRange | undefined;
}

/** Makes the checks of one head. */
export class HeadCheck {
  readonly #head: RequestHead | ResponseHead;

  constructor(head: RequestHead | ResponseHead) {
    this.#head = head;
  }

  /** A rule about a part of the start line. */
  part(rule: Rule, ok: boolean, text: string, at: ByteRange): Check {
    return this.#check(rule, ok, text === '' ? 'nothing' : visibleText(text), at);
  }

  /** A rule about the fields of a name: what was found are their values, and the first of them decides. */
  field(rule: Rule, name: string, ok: boolean, { absent = 'there is none', found, at }: Words = {}): Check {
    const lines = fieldLines(this.#head, name);
    const values = lines.map(({ value }) => (value === '' ? 'an empty value' : value)).join(' and ');
    const shown = lines.length === 0 ? absent : visibleText(values, 120);
    return this.#check(rule, ok, found ?? shown, at ?? lines[0]?.range);
  }

  /** A rule that a field appears no more than once. */
  once(rule: Rule, name: string): Check {
    const lines = fieldLines(this.#head, name);
    const [, second] = lines;
    if (!second) return this.field(rule, name, true, { found: lines.length === 0 ? 'there is none' : 'one' });
    return this.field(rule, name, false, { found: `${String(lines.length)} of them`, at: second.range });
  }

  /** A rule about the members of a list: the first fault decides. */
  list(rule: Rule, name: string, faults: readonly ListFault[]): Check {
    const [fault] = faults;
    if (!fault) return this.field(rule, name, true, { absent: 'none, and none is needed' });
    return this.field(rule, name, false, {
      found: fault.found,
      at: placeOf(fault, fieldLines(this.#head, name)),
    });
  }

  /** The rules of HTTP's syntax, as the head's reader found them kept or broken. */
  syntax(): Check[] {
    const { kind, violations, startLine } = this.#head;
    return [
      kind === 'request' ? rules.requestLineSyntax : rules.statusLineSyntax,
      rules.noLeadingEmptyLine,
      rules.lineEnding,
      rules.spaceBeforeColon,
      rules.fieldName,
      rules.noLineFolding,
      rules.fieldValue,
      rules.headEnd,
      rules.headSize,
    ].map((rule) => {
      const broken = violations.filter((violation) => violation.rule === rule);
      const [first] = broken;
      if (!first) return this.#check(rule, true, 'in order', startLine);
      const more = broken.length > 1 ? `, and ${String(broken.length - 1)} more` : '';
      return this.#check(rule, false, first.found + more, first.at);
    });
  }

  #check(rule: Rule, ok: boolean, found: string, at: ByteRange | undefined): Check {
    return { rule, ok, found, side: this.#head.kind, ...(at && { at }) };
  }
}

/** Where a fault stands in the head: what was said of a value, said of the bytes. */
function placeOf({ field, at }: ListFault, lines: readonly FieldLine[]): ByteRange | undefined {
  const line = lines[field];
  if (!line) return undefined;
  const start = Math.min(line.valueRange.start + at.start, line.valueRange.end);
  const end = Math.min(line.valueRange.start + at.end, line.valueRange.end);
  return end > start ? { start, end } : line.range;
}
