import type { LengthEncoding } from './frame.ts';
import { applyMask } from './masking.ts';

/** A frame to be written, legal or not: what is left out is as a legal server would write it. */
export interface FrameDescription {
  /** 0 to 15. */
  opcode: number;
  /** Default `true`: the message ends here. */
  fin?: boolean;
  rsv1?: boolean;
  rsv2?: boolean;
  rsv3?: boolean;
  /** The payload data before masking. Default none. */
  payload?: Uint8Array;
  /** 4 bytes: they are written, and the payload data is masked with them. Default none. */
  maskingKey?: Uint8Array | undefined;
  /** The MASK bit. Default: whether there is a masking-key. */
  masked?: boolean;
  /** The form of the payload length. Default the shortest one that holds it. */
  lengthEncoding?: LengthEncoding;
  /** The payload length that the header states, 7, 16 or 64 bits of it. Default the true one. */
  payloadLength?: number | bigint;
}

const largestLength: Readonly<Record<LengthEncoding, bigint>> = {
  // 126 and 127 announce the longer forms: to write them here makes a header that lies.
  7: 127n,
  16: 0xffffn,
  64: 0xffff_ffff_ffff_ffffn,
};

/** The shortest form that holds a payload length (RFC 6455 §5.2). */
const shortestEncoding = (length: bigint): LengthEncoding =>
  length < 126n ? 7 : length <= largestLength[16] ? 16 : 64;

/**
 * Writes a frame bit by bit as it is described (RFC 6455 §5.2). Breaking the rules of the protocol is allowed; throws
 * `RangeError` only for what no bits can hold: an opcode above 15, a masking-key that is not 4 bytes, a length that does
 * not fit its form.
 */
export function encodeFrame(frame: FrameDescription): Uint8Array {
  const { opcode, payload = new Uint8Array(0), maskingKey } = frame;
  if (!Number.isInteger(opcode) || opcode < 0 || opcode > 15) {
    throw new RangeError(`an opcode is 0 to 15, not ${String(opcode)}`);
  }
  if (maskingKey && maskingKey.length !== 4) {
    throw new RangeError(`a masking-key is 4 bytes, not ${String(maskingKey.length)}`);
  }
  const length = BigInt(frame.payloadLength ?? payload.length);
  const encoding = frame.lengthEncoding ?? shortestEncoding(length);
  if (length < 0n || length > largestLength[encoding]) {
    throw new RangeError(`${String(length)} does not fit into ${String(encoding)} bits`);
  }
  const extended = encoding === 7 ? 0 : encoding / 8;
  const keyStart = 2 + extended;
  const payloadStart = keyStart + (maskingKey ? 4 : 0);
  const bytes = new Uint8Array(payloadStart + payload.length);
  bytes[0] = firstByte(frame);
  const shortLength = encoding === 7 ? Number(length) : encoding === 16 ? 126 : 127;
  bytes[1] = ((frame.masked ?? maskingKey !== undefined) ? 0x80 : 0) | shortLength;
  for (let index = 0; index < extended; index++) {
    bytes[2 + index] = Number((length >> BigInt(8 * (extended - 1 - index))) & 0xffn);
  }
  if (maskingKey) bytes.set(maskingKey, keyStart);
  bytes.set(maskingKey ? applyMask(payload, maskingKey) : payload, payloadStart);
  return bytes;
}

const firstByte = ({
  opcode,
  fin = true,
  rsv1 = false,
  rsv2 = false,
  rsv3 = false,
}: FrameDescription): number =>
  (fin ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (rsv2 ? 0x20 : 0) | (rsv3 ? 0x10 : 0) | opcode;
