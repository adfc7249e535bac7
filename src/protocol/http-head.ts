import type { ByteRange } from './byte-range.ts';
import type { Violation } from './violation.ts';

/**
 * A field line (header) exactly as it stood: order, case and spaces kept (RFC 9112 §5). Each byte is one character of
 * `name` and `value`. A line without a colon has it all in `name`; one that continues nothing has an empty `name`.
 */
export interface FieldLine {
  name: string;
  /** Without the white space around it; a value that goes on over several lines is joined with single spaces. */
  value: string;
  /** The whole line with its CR LF; several lines where the value goes on (RFC 9112 §5.2). */
  range: ByteRange;
  nameRange: ByteRange;
  valueRange: ByteRange;
}

/** What the heads of requests and responses share. */
export interface Head {
  /** Every byte of the head, from the first that came to the LF of the empty line. */
  bytes: Uint8Array;
  fields: FieldLine[];
  /** The start line with its CR LF. */
  startLine: ByteRange;
  /** Where the syntax departs from RFC 9112. */
  violations: Violation[];
}

/** The head of a request: request line and field lines (RFC 9112 §3). */
export interface RequestHead extends Head {
  kind: 'request';
  method: string;
  /** The request-target (RFC 9112 §3.2). */
  target: string;
  /** As it stood: `HTTP/1.1`. */
  version: string;
  methodRange: ByteRange;
  targetRange: ByteRange;
  versionRange: ByteRange;
}

/** The head of a response: status line and field lines (RFC 9112 §4). */
export interface ResponseHead extends Head {
  kind: 'response';
  version: string;
  /** 0 where it is not three digits. */
  statusCode: number;
  reasonPhrase: string;
  versionRange: ByteRange;
  statusCodeRange: ByteRange;
  reasonPhraseRange: ByteRange;
}
