import type { ByteRange } from './byte-range.ts';
import { extendedLengthBytes, readFrameHeader } from './frame-header.ts';
import type { Frame, FrameFields, LengthEncoding } from './frame.ts';
import { applyMask } from './masking.ts';
import type { PayloadBytes } from './payload-bytes.ts';
import type { Violation } from './violation.ts';

/** A frame that was read from a stream. What costs time (joining, unmasking, places) is worked out when it is asked for. */
export class DecodedFrame implements Frame {
  readonly range: ByteRange;
  readonly fin: boolean;
  readonly rsv1: boolean;
  readonly rsv2: boolean;
  readonly rsv3: boolean;
  readonly opcode: number;
  readonly masked: boolean;
  readonly lengthEncoding: LengthEncoding;
  readonly payloadLength: number;
  readonly maskingKey: Uint8Array | undefined;
  readonly violations: Violation[] = [];
  readonly #payloadBytes: PayloadBytes;
  #payload: Uint8Array | undefined;
  #fields: FrameFields | undefined;

  /** `start` is where the frame begins in its stream; `headerBytes` begin with its whole header, `headerLength` long. */
  constructor(start: number, headerBytes: Uint8Array, headerLength: number, payloadBytes: PayloadBytes) {
    const header = readFrameHeader(headerBytes);
    this.range = { start, end: start + headerLength + header.payloadLength };
    this.fin = header.fin;
    this.rsv1 = header.rsv1;
    this.rsv2 = header.rsv2;
    this.rsv3 = header.rsv3;
    this.opcode = header.opcode;
    this.masked = header.masked;
    this.lengthEncoding = header.lengthEncoding;
    this.payloadLength = header.payloadLength;
    this.maskingKey = header.maskingKey;
    this.#payloadBytes = payloadBytes;
  }

  get wirePayload(): Uint8Array {
    return this.#payloadBytes.bytes;
  }

  get payload(): Uint8Array {
    if (!this.maskingKey) return this.wirePayload;
    this.#payload ??= applyMask(this.wirePayload, this.maskingKey);
    return this.#payload;
  }

  get droppedBytes(): number {
    return this.payloadLength - this.#payloadBytes.length;
  }

  get fields(): FrameFields {
    this.#fields ??= this.#placeFields();
    return this.#fields;
  }

  #placeFields(): FrameFields {
    const { start, end } = this.range;
    const lengthEnd = start + 2 + extendedLengthBytes(this.lengthEncoding);
    const headerEnd = this.masked ? lengthEnd + 4 : lengthEnd;
    return {
      flags: { start, end: start + 1 },
      length: { start: start + 1, end: start + 2 },
      extendedLength: this.lengthEncoding === 7 ? undefined : { start: start + 2, end: lengthEnd },
      maskingKey: this.masked ? { start: lengthEnd, end: headerEnd } : undefined,
      payload: { start: headerEnd, end },
    };
  }
}
