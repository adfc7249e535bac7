import { HeadFinder, type FoundHead } from '../protocol/head-finder.ts';
import { fieldValues } from '../protocol/read-head.ts';

/** A line of a stream, as somebody reads it who takes the stream for HTTP. */
export interface ReadLine {
  bytes: Uint8Array;
  /** Part of a head or of the body behind it, or passed over as neither. */
  part: 'head' | 'body' | 'none';
}

/** What somebody makes of a stream who takes it for HTTP. */
export interface HttpReading<Kind extends 'request' | 'response'> {
  lines: ReadLine[];
  /** The first head that is whole. */
  first: FoundHead<Kind> | undefined;
}

const LF = 0x0a;
const partNames = ['none', 'head', 'body'] as const;

/** Reads bytes as a proxy does that takes every stream for HTTP: with the sandbox's proxy's own `HeadFinder`. */
export function readAsHttp<Kind extends 'request' | 'response'>(
  kind: Kind,
  bytes: Uint8Array,
): HttpReading<Kind> {
  const finder = new HeadFinder(kind);
  const first = finder.find(bytes);
  const parts = new Uint8Array(bytes.length);
  for (let found = first; found;) {
    const { head, end } = found;
    const length = kind === 'response' ? Number(fieldValues(head, 'Content-Length')[0] ?? 0) : 0;
    const bodyEnd = end + (length > 0 ? length : 0);
    parts.fill(1, end - head.bytes.length, end).fill(2, end, bodyEnd);
    found = finder.find(bytes, bodyEnd);
  }
  const lines: ReadLine[] = [];
  for (let start = 0; start < bytes.length;) {
    const lf = bytes.indexOf(LF, start);
    const end = lf === -1 ? bytes.length : lf + 1;
    lines.push({ bytes: bytes.subarray(start, end), part: partNames[parts[start] ?? 0] ?? 'none' });
    start = end;
  }
  return { lines, first };
}
