import type { Connection } from '../../derive/connection.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { readClosePayload } from '../../protocol/close-payload.ts';

/** What one end was told: a close code, and how long after the cause, ms. */
export interface Notice {
  code: number;
  wasClean: boolean | undefined;
  afterMs: number;
}

/** What each observer has seen of one end. `undefined`: nothing, for as long as was waited. */
export interface Observation {
  browser: Notice | undefined;
  server: Notice | undefined;
  /** What crossed the wire at the end, in words. */
  wire: string;
}

/** The end of a connection as the wire has it: the Close frames of both sides, and what became of TCP. */
export function wireEnd({ frames, handshake, response, ends }: Connection): string {
  const parts: string[] = [];
  if (handshake === 'refused') parts.push(`${String(response?.statusCode)} instead of 101`);
  for (const { from, frame, due } of frames) {
    if (frame.violations.length > 0) parts.push(`illegal frame from the ${from}`);
    if (frame.opcode !== Opcode.close) continue;
    const { closeCode } = readClosePayload(frame.payload);
    const held = due === undefined ? ', which did not arrive' : '';
    parts.push(
      `Close ${closeCode === undefined ? 'without a code' : String(closeCode)} from the ${from}${held}`,
    );
  }
  for (const { by, how } of ends) parts.push(`${how.toUpperCase()} by the ${by}`);
  return parts.length === 0 ? 'silence' : parts.join(', then ');
}
