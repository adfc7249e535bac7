import type { ByteRange } from './byte-range.ts';
import type { Violation } from './violation.ts';

/** A frame as it stood in the stream (RFC 6455 §5.2), with the place of each of its fields. */
export interface Frame {
  /** The whole frame. */
  range: ByteRange;
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  /** 4 bits; reserved ones are kept as they came. */
  opcode: number;
  masked: boolean;
  /** Which of the three forms of the payload length was used, in bits. */
  lengthEncoding: 7 | 16 | 64;
  /** Length of the payload data in bytes. */
  payloadLength: number;
  /** 4 bytes where `masked`. */
  maskingKey: Uint8Array | undefined;
  /** The payload data as it stood on the wire: masked where `masked`. */
  wirePayload: Uint8Array;
  /** The payload data after the masking-key was applied; the same bytes where there was none. */
  payload: Uint8Array;
  fields: {
    /** First byte: FIN, RSV1-3, opcode. */
    flags: ByteRange;
    /** Second byte: MASK and the 7 bits of the payload length. */
    length: ByteRange;
    /** 2 or 8 bytes, where the 7 bits say 126 or 127. */
    extendedLength: ByteRange | undefined;
    maskingKey: ByteRange | undefined;
    payload: ByteRange;
  };
  /** The rules that this frame breaks. */
  violations: Violation[];
}
