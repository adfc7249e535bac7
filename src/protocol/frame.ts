import type { ByteRange } from './byte-range.ts';
import type { Violation } from './violation.ts';

/** The three forms of the payload length, by the bits that hold it (RFC 6455 §5.2). */
export type LengthEncoding = 7 | 16 | 64;

/** What the header of a frame says (RFC 6455 §5.2). */
export interface FrameHeader {
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  /** 4 bits; reserved ones are kept as they came. */
  opcode: number;
  masked: boolean;
  /** Which of the three forms of the payload length was used, in bits. */
  lengthEncoding: LengthEncoding;
  /** Length of the payload data in bytes. Above 2^53 it is no longer exact; no payload is that long. */
  payloadLength: number;
  /** 4 bytes where `masked`. */
  maskingKey: Uint8Array | undefined;
}

/** Where the fields of a frame stand, in the bytes of its side's stream since the opening handshake. */
export interface FrameFields {
  /** First byte: FIN, RSV1-3, opcode. */
  flags: ByteRange;
  /** Second byte: MASK and the 7 bits of the payload length. */
  length: ByteRange;
  /** 2 or 8 bytes, where the 7 bits say 126 or 127. */
  extendedLength: ByteRange | undefined;
  maskingKey: ByteRange | undefined;
  payload: ByteRange;
}

/** A frame as it stood in the stream (RFC 6455 §5.2), with the place of each of its fields. */
export interface Frame extends Readonly<FrameHeader> {
  /** The whole frame. */
  readonly range: ByteRange;
  readonly fields: FrameFields;
  /** The payload data as it stood on the wire: masked where `masked`. */
  readonly wirePayload: Uint8Array;
  /** The payload data after the masking-key was applied; the same bytes where there was none. */
  readonly payload: Uint8Array;
  /** Bytes at the end of the payload data that were not kept, because of the reader's bound. */
  readonly droppedBytes: number;
  /** The rules that this frame breaks. A text that is not UTF-8 shows in its whole message only: see `Message`. */
  readonly violations: readonly Violation[];
}

/** A frame of which a part has come. */
export interface PendingFrame {
  /** What has come of it. */
  range: ByteRange;
  /** The bytes of its header that have come. */
  headerBytes: Uint8Array;
  /** What they say; a field is absent until it is known. */
  header: Partial<FrameHeader>;
  /** Bytes that are still to come: of the header while that is not whole, else of the payload data. */
  missingBytes: number;
  /** The payload data that has come, as it stood on the wire. */
  wirePayload: Uint8Array;
  /** The rules that its header breaks; empty while that is not whole. */
  violations: readonly Violation[];
}
