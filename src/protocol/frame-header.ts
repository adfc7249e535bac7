import type { FrameHeader, LengthEncoding } from './frame.ts';

/** The longest header there is: 2 bytes, 8 of extended payload length, 4 of masking-key (RFC 6455 §5.2). */
export const maxHeaderBytes = 14;

/** How long the form of a payload length is beyond the second byte, in bytes. */
export const extendedLengthBytes = (encoding: LengthEncoding): 0 | 2 | 8 =>
  encoding === 7 ? 0 : encoding === 16 ? 2 : 8;

/** The form of the payload length that the second byte of a frame announces. */
function lengthEncodingOf(secondByte: number): LengthEncoding {
  const length = secondByte & 0x7f;
  return length === 127 ? 64 : length === 126 ? 16 : 7;
}

/** How many bytes the header has, by the second byte of the frame. */
export const headerLengthOf = (secondByte: number): number =>
  2 + extendedLengthBytes(lengthEncodingOf(secondByte)) + ((secondByte & 0x80) === 0 ? 0 : 4);

/** The largest number below 2^63 that a JavaScript number can be. */
const largestBelowTopBit = 2 ** 63 - 1024;

/** Reads an extended payload length. Rounding, above 2^53, must not carry it over to the top bit. */
function readExtendedLength(bytes: Uint8Array, end: number): number {
  let length = 0;
  for (let index = 2; index < end; index++) length = length * 256 + (bytes[index] ?? 0);
  return ((bytes[2] ?? 0) & 0x80) === 0 ? Math.min(length, largestBelowTopBit) : length;
}

/** Reads a header that is whole. */
export function readFrameHeader(bytes: Uint8Array): FrameHeader {
  const first = bytes[0] ?? 0;
  const second = bytes[1] ?? 0;
  const masked = (second & 0x80) !== 0;
  const lengthEncoding = lengthEncodingOf(second);
  const lengthEnd = 2 + extendedLengthBytes(lengthEncoding);
  return {
    fin: (first & 0x80) !== 0,
    rsv1: (first & 0x40) !== 0,
    rsv2: (first & 0x20) !== 0,
    rsv3: (first & 0x10) !== 0,
    opcode: first & 0x0f,
    masked,
    lengthEncoding,
    payloadLength: lengthEncoding === 7 ? second & 0x7f : readExtendedLength(bytes, lengthEnd),
    maskingKey: masked ? bytes.slice(lengthEnd, lengthEnd + 4) : undefined,
  };
}

/** Reads what a header says of which only the beginning has come. */
export function readPartialHeader(bytes: Uint8Array): Partial<FrameHeader> {
  const known: Partial<FrameHeader> = {};
  if (bytes.length === 0) return known;
  const padded = new Uint8Array(maxHeaderBytes);
  padded.set(bytes);
  const { fin, rsv1, rsv2, rsv3, opcode, masked, lengthEncoding, payloadLength, maskingKey } =
    readFrameHeader(padded);
  Object.assign(known, { fin, rsv1, rsv2, rsv3, opcode });
  if (bytes.length < 2) return known;
  Object.assign(known, { masked, lengthEncoding });
  const lengthEnd = 2 + extendedLengthBytes(lengthEncoding);
  if (bytes.length >= lengthEnd) known.payloadLength = payloadLength;
  if (bytes.length >= headerLengthOf(padded[1] ?? 0)) known.maskingKey = maskingKey;
  return known;
}
