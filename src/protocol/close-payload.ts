import type { ByteRange } from './byte-range.ts';
import { decodeUtf8, encodeUtf8, findInvalidUtf8 } from './utf8.ts';

/** What the body of a Close frame says (RFC 6455 §5.5.1). */
export interface ClosePayload {
  /** `undefined` where the body is shorter than two bytes: its receiver reports 1005 (§7.1.5). */
  closeCode: number | undefined;
  /** Empty where there is none. Bytes that are not UTF-8 are read as U+FFFD. */
  closeReason: string;
  /** The bytes of the body that are not UTF-8, if there are any. */
  invalidReason: ByteRange | undefined;
}

/** Reads the body of a Close frame, after unmasking. */
export function readClosePayload(payload: Uint8Array): ClosePayload {
  const [high, low] = payload;
  if (high === undefined || low === undefined) {
    return { closeCode: undefined, closeReason: '', invalidReason: undefined };
  }
  const reason = payload.subarray(2);
  const invalid = findInvalidUtf8(reason);
  return {
    closeCode: (high << 8) | low,
    closeReason: decodeUtf8(reason),
    invalidReason: invalid && { start: invalid.start + 2, end: invalid.end + 2 },
  };
}

/**
 * Writes the body of a Close frame: nothing without a code, otherwise its two bytes and the reason (RFC 6455 §5.5.1). Checks
 * nothing: whether the code may be sent and the reason fits into 123 bytes is for the caller, who may want to break it.
 */
export function writeClosePayload(closeCode?: number, closeReason = ''): Uint8Array {
  if (closeCode === undefined) return new Uint8Array(0);
  const reason = encodeUtf8(closeReason);
  const payload = new Uint8Array(2 + reason.length);
  payload.set([(closeCode >> 8) & 0xff, closeCode & 0xff]);
  payload.set(reason, 2);
  return payload;
}
