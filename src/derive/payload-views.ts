import { decodeUtf8, findInvalidUtf8 } from '../protocol/utf8.ts';
import type { ByteRange } from '../protocol/byte-range.ts';

/** What payload data can be read as. */
export interface PayloadReadings {
  /** As UTF-8; what is none stands as U+FFFD. */
  text: string;
  /** The first bytes that are not UTF-8. */
  invalid: ByteRange | undefined;
  /** As JSON, indented; `undefined` where it is none. */
  json: string | undefined;
}

/** Most that is read of a payload, in bytes. */
export const mostBytesRead = 64 * 1024;

/** Reads payload data as text and as JSON. */
export function readPayload(payload: Uint8Array): PayloadReadings {
  const bytes = payload.subarray(0, mostBytesRead);
  const text = decodeUtf8(bytes);
  const invalid = bytes.length < payload.length ? undefined : findInvalidUtf8(bytes);
  return { text, invalid, json: invalid ? undefined : indented(text) };
}

/** JSON with its structure made visible. A bare number or string is as readable as it stands. */
function indented(text: string): string | undefined {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return undefined;
  try {
    return JSON.stringify(JSON.parse(trimmed), undefined, 2);
  } catch {
    return undefined;
  }
}
