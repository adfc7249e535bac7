import type { Frame } from './frame.ts';
import { isControl } from './opcode.ts';
import { rules, type Rule } from './rules.ts';
import type { Side } from './side.ts';
import type { Violation } from './violation.ts';

/** The longest header there is: 2 bytes, 8 of extended length, 4 of masking-key (RFC 6455 §5.2). */
const maxHeaderBytes = 14;

export interface FrameDecoderOptions {
  /** Whose frames these are: it decides who has to mask (§5.1). */
  from: Side;
  /** Reserved bits that an extension has given a meaning: `rsv1` after permessage-deflate was agreed on (RFC 7692 §6). */
  allowRsv1?: boolean;
}

/** Where a frame's header says its parts are. */
interface Header {
  bytes: Uint8Array;
  headerLength: number;
  payloadLength: number;
  violations: Violation[];
}

/**
 * Decodes the frames of one side from a stream of bytes, in whatever chunks they come. Never throws: a broken rule is
 * a value on the frame, and decoding goes on behind it. A payload that lies in one chunk is not copied.
 */
export class FrameDecoder {
  readonly #options: FrameDecoderOptions;
  #offset = 0;
  /** The header of the frame under way, as far as it has come. */
  readonly #header = new Uint8Array(maxHeaderBytes);
  #headerBytes = 0;
  #current: Header | undefined;
  #payload: Uint8Array | undefined;
  #payloadBytes = 0;

  constructor(options: FrameDecoderOptions) {
    this.#options = options;
  }

  /** Where the frame under way begins, counted from the first byte that was ever pushed. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes of the frame under way have come. */
  get pendingBytes(): number {
    return this.#headerBytes + this.#payloadBytes;
  }

  /** Takes the next bytes; answers the frames that are now whole. The bytes must not be changed afterwards. */
  push(bytes: Uint8Array): Frame[] {
    const frames: Frame[] = [];
    let read = 0;
    while (read < bytes.length || (this.#current && this.#current.payloadLength === this.#payloadBytes)) {
      this.#current ??= this.#readHeader(bytes, read);
      if (!this.#current) break;
      read += this.#headerTaken;
      this.#headerTaken = 0;
      const frame = this.#readPayload(this.#current, bytes, read);
      if (!frame) break;
      read += this.#payloadTaken;
      frames.push(frame);
    }
    return frames;
  }

  #headerTaken = 0;
  #payloadTaken = 0;

  #readHeader(bytes: Uint8Array, from: number): Header | undefined {
    let taken = 0;
    for (;;) {
      const needed = this.#headerBytes < 2 ? 2 : headerLengthOf(this.#header);
      if (this.#headerBytes === needed) break;
      const byte = bytes[from + taken];
      if (byte === undefined) return undefined;
      this.#header[this.#headerBytes++] = byte;
      taken++;
    }
    this.#headerTaken = taken;
    const header = this.#header.slice(0, this.#headerBytes);
    return { ...lengthOf(header), bytes: header, headerLength: header.length, violations: [] };
  }

  #readPayload(header: Header, bytes: Uint8Array, from: number): Frame | undefined {
    const missing = header.payloadLength - this.#payloadBytes;
    const available = bytes.length - from;
    if (available >= missing && this.#payloadBytes === 0) {
      this.#payloadTaken = missing;
      return this.#finish(header, bytes.subarray(from, from + missing));
    }
    const taken = Math.max(0, Math.min(missing, available));
    this.#grow(header.payloadLength, this.#payloadBytes + taken);
    this.#payload?.set(bytes.subarray(from, from + taken), this.#payloadBytes);
    this.#payloadBytes += taken;
    this.#payloadTaken = taken;
    if (this.#payloadBytes < header.payloadLength || !this.#payload) return undefined;
    return this.#finish(header, this.#payload.subarray(0, header.payloadLength));
  }

  /** Room for what has come, never for what is merely announced: a header may announce 2^63 bytes. */
  #grow(announced: number, needed: number): void {
    if (this.#payload && this.#payload.length >= needed) return;
    const grown = new Uint8Array(Math.min(announced, Math.max(1024, needed * 2)));
    if (this.#payload) grown.set(this.#payload.subarray(0, this.#payloadBytes));
    this.#payload = grown;
  }

  #finish(header: Header, wirePayload: Uint8Array): Frame {
    const frame = this.#frameOf(header, wirePayload);
    this.#offset = frame.range.end;
    this.#headerBytes = 0;
    this.#current = undefined;
    this.#payload = undefined;
    this.#payloadBytes = 0;
    return frame;
  }

  #frameOf({ bytes, headerLength, payloadLength }: Header, wirePayload: Uint8Array): Frame {
    const [first = 0, second = 0] = bytes;
    const start = this.#offset;
    const masked = (second & 0x80) !== 0;
    const short = second & 0x7f;
    const lengthEncoding = short === 127 ? 64 : short === 126 ? 16 : 7;
    const extendedEnd = start + 2 + (lengthEncoding === 64 ? 8 : lengthEncoding === 16 ? 2 : 0);
    const maskingKey = masked ? bytes.subarray(headerLength - 4) : undefined;
    const frame: Frame = {
      range: { start, end: start + headerLength + payloadLength },
      fin: (first & 0x80) !== 0,
      rsv1: (first & 0x40) !== 0,
      rsv2: (first & 0x20) !== 0,
      rsv3: (first & 0x10) !== 0,
      opcode: first & 0x0f,
      masked,
      lengthEncoding,
      payloadLength,
      maskingKey,
      wirePayload,
      payload: maskingKey ? unmasked(wirePayload, maskingKey) : wirePayload,
      fields: {
        flags: { start, end: start + 1 },
        length: { start: start + 1, end: start + 2 },
        extendedLength: lengthEncoding === 7 ? undefined : { start: start + 2, end: extendedEnd },
        maskingKey: masked ? { start: extendedEnd, end: extendedEnd + 4 } : undefined,
        payload: { start: start + headerLength, end: start + headerLength + payloadLength },
      },
      violations: [],
    };
    judge(frame, bytes, this.#options);
    return frame;
  }
}

/** How long a header is, by its first two bytes. */
function headerLengthOf(header: Uint8Array): number {
  const second = header[1] ?? 0;
  const short = second & 0x7f;
  return 2 + (short === 127 ? 8 : short === 126 ? 2 : 0) + ((second & 0x80) === 0 ? 0 : 4);
}

function lengthOf(header: Uint8Array): { payloadLength: number } {
  const short = (header[1] ?? 0) & 0x7f;
  if (short < 126) return { payloadLength: short };
  const bytes = header.subarray(2, short === 126 ? 4 : 10);
  return { payloadLength: bytes.reduce((length, byte) => length * 256 + byte, 0) };
}

/** The payload data after the masking-key was applied (§5.3), in bytes of its own. */
function unmasked(payload: Uint8Array, maskingKey: Uint8Array): Uint8Array {
  const plain = new Uint8Array(payload.length);
  for (let index = 0; index < payload.length; index++) {
    plain[index] = (payload[index] ?? 0) ^ (maskingKey[index & 3] ?? 0);
  }
  return plain;
}

function judge(frame: Frame, header: Uint8Array, { from, allowRsv1 = false }: FrameDecoderOptions): void {
  const { fields, opcode, payloadLength, lengthEncoding } = frame;
  const broken = (rule: Rule, at: Violation['at'], found: string): void => {
    frame.violations.push({ rule, at, found });
  };
  if ((frame.rsv1 && !allowRsv1) || frame.rsv2 || frame.rsv3) {
    const set = [frame.rsv1 && 'RSV1', frame.rsv2 && 'RSV2', frame.rsv3 && 'RSV3'].filter(
      (bit) => bit !== false,
    );
    broken(rules.reservedBits, fields.flags, `${set.join(', ')} set`);
  }
  if ((opcode > 0x2 && opcode < 0x8) || opcode > 0xa) {
    broken(rules.reservedOpcode, fields.flags, `opcode 0x${opcode.toString(16)}`);
  }
  if (from === 'client' && !frame.masked) broken(rules.clientMasks, fields.length, 'MASK is 0');
  if (from === 'server' && frame.masked) broken(rules.serverDoesNotMask, fields.length, 'MASK is 1');
  const length = fields.extendedLength;
  if (length && payloadLength < (lengthEncoding === 16 ? 126 : 65536)) {
    broken(rules.minimalLength, length, `${String(payloadLength)} in ${String(lengthEncoding)} bits`);
  }
  if (length && lengthEncoding === 64 && ((header[2] ?? 0) & 0x80) !== 0) {
    broken(rules.lengthTopBit, length, 'top bit 1');
  }
  if (isControl(opcode)) {
    if (!frame.fin) broken(rules.controlNotFragmented, fields.flags, 'FIN is 0');
    if (payloadLength > 125)
      broken(rules.controlTooLong, length ?? fields.length, `${String(payloadLength)} bytes`);
  }
}
