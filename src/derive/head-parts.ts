import type { ByteRange } from '../protocol/byte-range.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';

/** One thing in a head that can be pointed at. */
export interface HeadPart {
  /** Unique in its head and stable while the head is shown: `method`, `field-3`, `end`. */
  id: string;
  kind: 'method' | 'target' | 'version' | 'statusCode' | 'reasonPhrase' | 'field' | 'emptyLine';
  /** The bytes it stands in; a field's with its CR LF. */
  range: ByteRange;
  /** The name of a field as it stood. */
  name?: string;
  value: string;
}

/** The parts of a head in the order of its bytes. Between two parts stand only spaces and line ends. */
export function headParts(head: RequestHead | ResponseHead): HeadPart[] {
  const parts: HeadPart[] = [];
  const add = (kind: HeadPart['kind'], range: ByteRange, value: string): void => {
    if (range.end > range.start) parts.push({ id: kind, kind, range, value });
  };
  if (head.kind === 'request') {
    add('method', head.methodRange, head.method);
    add('target', head.targetRange, head.target);
    add('version', head.versionRange, head.version);
  } else {
    add('version', head.versionRange, head.version);
    add('statusCode', head.statusCodeRange, String(head.statusCode));
    add('reasonPhrase', head.reasonPhraseRange, head.reasonPhrase);
  }
  let end = head.startLine.end;
  for (const [index, field] of head.fields.entries()) {
    parts.push({
      id: `field-${String(index)}`,
      kind: 'field',
      range: field.range,
      name: field.name,
      value: field.value,
    });
    end = field.range.end;
  }
  add('emptyLine', { start: end, end: head.bytes.length }, '');
  return parts;
}

/** The part that a byte belongs to; `undefined` for the spaces and line ends between two parts. */
export const partAt = (parts: readonly HeadPart[], offset: number): HeadPart | undefined =>
  parts.find(({ range }) => offset >= range.start && offset < range.end);
