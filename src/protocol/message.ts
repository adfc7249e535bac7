import type { ByteRange } from './byte-range.ts';
import type { Frame } from './frame.ts';
import type { Violation } from './violation.ts';

/** A data message, put together from its fragments (RFC 6455 §5.4, §5.6). */
export interface Message {
  kind: 'text' | 'binary';
  /** Its frames, in order; control frames between them do not belong to it. */
  fragments: readonly Frame[];
  /** From the first byte of its first frame to the last of its last; control frames may lie between. */
  range: ByteRange;
  /** Its payload data was compressed (RFC 7692 §6). */
  isCompressed: boolean;
  /** Bytes of payload data on the wire, of all fragments. */
  wireLength: number;
  /** The message itself: joined, unmasked, inflated. */
  payload: Uint8Array;
  /** The same as text; `undefined` of a binary message. What is not UTF-8 stands there as U+FFFD. */
  text: string | undefined;
  /** Why `payload` is not all of it, where it is not. */
  missing: 'bound' | 'unfinished' | 'not inflated' | undefined;
  /** Rules that only the message as a whole can break; those of its frames stand with the frames. */
  violations: readonly Violation[];
}
