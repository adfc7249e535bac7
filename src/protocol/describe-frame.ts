import { meaningOfCloseCode } from './close-code.ts';
import { readClosePayload } from './close-payload.ts';
import type { Frame } from './frame.ts';
import { Opcode } from './opcode.ts';
import { decodeUtf8 } from './utf8.ts';
import type { Violation } from './violation.ts';
import { visibleText } from './visible-text.ts';

const names: Readonly<Record<number, string>> = {
  [Opcode.continuation]: 'CONT',
  [Opcode.text]: 'TEXT',
  [Opcode.binary]: 'BINARY',
  [Opcode.close]: 'CLOSE',
  [Opcode.ping]: 'PING',
  [Opcode.pong]: 'PONG',
};

/**
 * A frame in one line, for logs, failing tests and the page: `TEXT 'Hello' [5 bytes]`,
 * `CLOSE 1000 (normal closure) 'bye' [5 bytes]`, `BINARY 01 02 ff [3 bytes, more follows]`. Broken rules come last.
 */
export const describeFrame = (frame: Frame): string => describeJudged(frame, frame.violations);

/** A frame in one line, with the rules that it breaks in somebody else's judgement: that of its whole message, say. */
export function describeJudged(frame: Frame, violations: readonly Violation[]): string {
  const name = names[frame.opcode] ?? `0x${frame.opcode.toString(16).toUpperCase()}`;
  const size = `${String(frame.payloadLength)} ${frame.payloadLength === 1 ? 'byte' : 'bytes'}`;
  const notes = [
    size,
    frame.rsv1 && 'RSV1',
    frame.rsv2 && 'RSV2',
    frame.rsv3 && 'RSV3',
    !frame.fin && 'more follows',
    frame.droppedBytes > 0 && `${String(frame.droppedBytes)} not kept`,
  ].filter((note) => note !== false);
  const parts = [name, describePayload(frame), `[${notes.join(', ')}]`, ...violations.map(describeViolation)];
  return parts.filter((part) => part !== '').join(' ');
}

/** A broken rule in a few words: `!reserved-opcode (opcode 0x3)`. */
export const describeViolation = ({ rule, found }: Violation): string => `!${rule.id} (${found})`;

function describePayload(frame: Frame): string {
  const { payload, opcode } = frame;
  if (payload.length === 0) return '';
  if (opcode === Opcode.close) return describeClose(payload);
  // RSV1: compressed, so no text as it stands.
  if (opcode === Opcode.binary || frame.rsv1) return hexOf(payload);
  const text = decodeUtf8(payload.subarray(0, 100));
  // A continuation, a ping or a pong may carry anything.
  return opcode !== Opcode.text && /[\p{Cc}\ufffd]/u.test(text) ? hexOf(payload) : quoted(text);
}

function describeClose(payload: Uint8Array): string {
  const { closeCode, closeReason } = readClosePayload(payload);
  if (closeCode === undefined) return hexOf(payload);
  const name = meaningOfCloseCode(closeCode).name.toLowerCase();
  return `${String(closeCode)} (${name})${closeReason === '' ? '' : ` ${quoted(closeReason)}`}`;
}

const quoted = (text: string): string => `'${visibleText(text, 24)}'`;

const hexOf = (payload: Uint8Array): string => {
  const hex = Array.from(payload.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return payload.length > 8 ? `${hex} …` : hex;
};
