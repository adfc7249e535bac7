import { accepted, refused, type Parsed } from '../contract/result.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import { encodeFrame } from '../protocol/encode-frame.ts';
import { extendedLengthBytes, headerLengthOf, readFrameHeader } from '../protocol/frame-header.ts';
import type { LengthEncoding } from '../protocol/frame.ts';
import { applyMask } from '../protocol/masking.ts';

/** The longest frame that can be drafted, in bytes: the largest example of RFC 6455 §5.7 fits, masked. */
export const maxDraftBytes = 65_536 + 14;

/** A frame as somebody drafts it, legal or not: every bit and field of RFC 6455 §5.2. */
export interface FrameDraft {
  fin: boolean;
  rsv1: boolean;
  rsv2: boolean;
  rsv3: boolean;
  /** 0 to 15. */
  opcode: number;
  /** The MASK bit; a masking-key stands in the frame where it is 1, since nobody could read it otherwise. */
  masked: boolean;
  /** 4 bytes, kept for later while `masked` is false. */
  maskingKey: Uint8Array;
  /** In how many bits the payload length is written; `shortest` is the only legal choice. */
  lengthForm: LengthEncoding | 'shortest';
  /** A payload length that is not the true one; `undefined` is the truth. */
  falseLength: bigint | undefined;
  /** The payload data before masking: all that stands behind the header. */
  payload: Uint8Array;
}

/** 126 and 127 announce the longer forms. */
const longestIn7Bits = 125n;

/** Writes a draft as bytes; refuses what no bits can hold, with what to do instead. */
export function draftBytes(draft: FrameDraft): Parsed<Uint8Array> {
  const { lengthForm, falseLength, payload, masked, maskingKey, ...bits } = draft;
  const length = falseLength ?? BigInt(payload.length);
  const most = lengthForm === 7 ? longestIn7Bits : lengthForm === 16 ? 0xffffn : 0xffff_ffff_ffff_ffffn;
  if (length > most) {
    const fits = `${String(lengthForm)} bits hold at most ${most.toLocaleString('en')}`;
    const why = lengthForm === 7 ? ', as 126 and 127 announce the longer forms' : '';
    const instead =
      falseLength === undefined ? 'Choose a longer form, or state a false length' : 'Choose a longer form';
    return refused('length', `${length.toLocaleString('en')} does not fit: ${fits}${why}. ${instead}.`);
  }
  const bytes = encodeFrame({
    ...bits,
    payload,
    maskingKey: masked ? maskingKey : undefined,
    ...(lengthForm === 'shortest' ? {} : { lengthEncoding: lengthForm }),
    ...(falseLength === undefined ? {} : { payloadLength: falseLength }),
  });
  if (bytes.length <= maxDraftBytes) return accepted(bytes);
  const size = bytes.length.toLocaleString('en');
  return refused(
    'payload',
    `This frame would take ${size} bytes; here it may take ${maxDraftBytes.toLocaleString('en')}. Shorten the payload.`,
  );
}

/**
 * Reads bytes as one frame: its header, and all that stands behind it as payload, however long the header says it is.
 * `undefined` while the header is not whole. `before` is the draft that these bytes were: from it comes what bytes do
 * not show, the masking-key of an unmasked frame.
 */
export function readDraft(bytes: Uint8Array, before?: FrameDraft): FrameDraft | undefined {
  const second = bytes[1];
  if (second === undefined || bytes.length < headerLengthOf(second)) return undefined;
  const { maskingKey, payloadLength, lengthEncoding, ...bits } = readFrameHeader(bytes);
  const wirePayload = bytes.slice(headerLengthOf(second));
  const stated =
    lengthEncoding === 7
      ? BigInt(payloadLength)
      : readBigInt(bytes.subarray(2, 2 + extendedLengthBytes(lengthEncoding)));
  const isShortest = lengthEncoding === shortestForm(stated) && before?.lengthForm !== lengthEncoding;
  return {
    ...bits,
    maskingKey: maskingKey ?? before?.maskingKey ?? new Uint8Array(4),
    lengthForm: isShortest ? 'shortest' : lengthEncoding,
    falseLength: stated === BigInt(wirePayload.length) ? undefined : stated,
    payload: maskingKey ? applyMask(wirePayload, maskingKey) : wirePayload,
  };
}

const shortestForm = (length: bigint): LengthEncoding =>
  length <= longestIn7Bits ? 7 : length <= 0xffffn ? 16 : 64;

const readBigInt = (bytes: Uint8Array): bigint =>
  bytes.reduce((length, byte) => length * 256n + BigInt(byte), 0n);

/** The fields of RFC 6455 §5.2, in their order. */
export type DraftFieldId = 'flags' | 'length' | 'extendedLength' | 'maskingKey' | 'payload';

/** Where a field stands in the bytes of a draft. */
export interface DraftField extends ByteRange {
  id: DraftFieldId;
  /** In the standard's words. */
  name: string;
}

/** The fields that the bytes of one frame fall into, as far as there are bytes for them; none is empty. */
export function draftFields(bytes: Uint8Array): DraftField[] {
  const { lengthEncoding, masked } = readFrameHeader(bytes);
  const lengthEnd = 2 + extendedLengthBytes(lengthEncoding);
  const headerEnd = lengthEnd + (masked ? 4 : 0);
  const fields: DraftField[] = [
    { id: 'flags', name: 'FIN, RSV1-3, opcode', start: 0, end: 1 },
    { id: 'length', name: 'MASK, payload length', start: 1, end: 2 },
    { id: 'extendedLength', name: 'extended payload length', start: 2, end: lengthEnd },
    { id: 'maskingKey', name: 'masking-key', start: lengthEnd, end: headerEnd },
    {
      id: 'payload',
      name: masked ? 'payload data, masked' : 'payload data',
      start: headerEnd,
      end: bytes.length,
    },
  ];
  return fields
    .map((field) => ({ ...field, end: Math.min(field.end, bytes.length) }))
    .filter(({ start, end }) => start < end);
}

/**
 * Parts bytes where their headers say that a frame ends: what follows the last whole frame is the last part, and only
 * that one may be cut off.
 */
export function partFrames(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const second = rest[1];
    const isWhole = second !== undefined && rest.length >= headerLengthOf(second);
    const length = isWhole ? headerLengthOf(second) + readFrameHeader(rest).payloadLength : rest.length;
    parts.push(rest.slice(0, length));
    at += length;
  }
  return parts;
}
