import { HeadFinder, type FoundHead } from '../protocol/head-finder.ts';

/** A line of a stream, as somebody reads it who takes the stream for HTTP. */
export interface ReadLine {
  bytes: Uint8Array;
  /** Part of a head, or passed over as neither request nor response. */
  isHttp: boolean;
}

/** What somebody makes of a stream who takes it for HTTP. */
export interface HttpReading<Kind extends 'request' | 'response'> {
  lines: ReadLine[];
  /** The first head that is whole. */
  first: FoundHead<Kind> | undefined;
}

const LF = 0x0a;

/** Reads bytes as a proxy does that takes every stream for HTTP: with the sandbox's proxy's own `HeadFinder`. */
export function readAsHttp<Kind extends 'request' | 'response'>(
  kind: Kind,
  bytes: Uint8Array,
): HttpReading<Kind> {
  const finder = new HeadFinder(kind);
  const first = finder.find(bytes);
  const isHttp = new Uint8Array(bytes.length);
  for (let found = first; found; found = finder.find(bytes, found.end)) {
    isHttp.fill(1, found.end - found.head.bytes.length, found.end);
  }
  const lines: ReadLine[] = [];
  for (let start = 0; start < bytes.length;) {
    const lf = bytes.indexOf(LF, start);
    const end = lf === -1 ? bytes.length : lf + 1;
    lines.push({ bytes: bytes.subarray(start, end), isHttp: isHttp[start] === 1 });
    start = end;
  }
  return { lines, first };
}
