import { accepted, refused, show, type Parsed } from '../../contract/result.ts';
import { maxDraftBytes } from '../../derive/frame-draft.ts';
import { parseHexText } from '../../derive/hex-text.ts';
import { decodeUtf8, encodeUtf8, findInvalidUtf8 } from '../../protocol/utf8.ts';

const maxUint64 = 0xffff_ffff_ffff_ffffn;

/** Reads bytes of a frame from hex digits. */
export const parseFrameHex = (text: string): Parsed<Uint8Array> => parseHexText(text, maxDraftBytes);

/** Reads a masking-key: 4 bytes as hex digits (RFC 6455 §5.3). */
export function parseKey(text: string): Parsed<Uint8Array> {
  const bytes = parseHexText(text, maxDraftBytes);
  if (!bytes.ok || bytes.value.length === 4) return bytes;
  return refused(
    'key',
    `A masking-key has 4 bytes, this has ${String(bytes.value.length)}. Write 8 hex digits.`,
  );
}

/** Reads a payload length that may be false; nothing is the true one. */
export function parseLength(text: string): Parsed<bigint | undefined> {
  const digits = text.replaceAll(/[\s,_]/g, '');
  if (digits === '') return accepted(undefined);
  // A longer number is no 64 bits, and costs time to read.
  if (!/^(\d{1,20}|0x[0-9a-f]{1,16})$/i.test(digits) || BigInt(digits) > maxUint64) {
    return refused(
      'length',
      `${show(text)} is not a length: write a whole number from 0 to 2^64 - 1, or nothing for the true one.`,
    );
  }
  return accepted(BigInt(digits));
}

/** Reads a close code; nothing is none, where no reason stands behind it. Any two bytes are let through, legal or not. */
export function parseCloseCode(text: string, hasReason: boolean): Parsed<number | undefined> {
  if (text.trim() === '') {
    return hasReason
      ? refused(
          'code',
          'A close reason cannot stand without a code before it: write a code, or clear the reason first.',
        )
      : accepted(undefined);
  }
  if (!/^\s*\d{1,5}\s*$/.test(text) || Number(text) > 0xffff) {
    return refused(
      'code',
      `${show(text)} is not a close code: write a number from 0 to 65535, or nothing for an empty Close.`,
    );
  }
  return accepted(Number(text));
}

/** Reads text as the bytes that it has in UTF-8. */
export const parseText = (text: string): Parsed<Uint8Array> => accepted(encodeUtf8(text));

/** Bytes as text that can be edited without losing any; `undefined` where they cannot: no UTF-8, or control characters. */
export function editableText(bytes: Uint8Array): string | undefined {
  // A text area makes LF of CR LF, and shows other control characters as nothing.
  const hasControls = bytes.some((byte) => (byte < 0x20 && byte !== 0x0a && byte !== 0x09) || byte === 0x7f);
  return hasControls || findInvalidUtf8(bytes) ? undefined : decodeUtf8(bytes);
}

/** Whether two runs of bytes are the same. */
export const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);
