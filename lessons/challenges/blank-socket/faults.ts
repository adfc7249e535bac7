import type { Connection, TimedFrame } from '../../../src/derive/connection.ts';
import { streamBytes } from '../../../src/derive/stream-bytes.ts';
import { judgeRequest } from '../../../src/protocol/opening-handshake.ts';

/** The connections that were opened over the raw bridge, by a hand that types. */
export const byHand = (connections: readonly Connection[]): Connection[] =>
  connections.filter(({ path }) => path === null);

/** The rules that a request breaks, each with the byte at fault. */
export function faultsOfRequest({ request }: Connection): string[] {
  if (!request) return [];
  return judgeRequest(request)
    .filter(({ ok }) => !ok)
    .map(
      ({ rule, found, at }) => `${placed(at, request.bytes)}${rule.says} (${rule.section}) Found: ${found}.`,
    );
}

/** The rules that a frame of the client breaks, each with the byte at fault, counted from the frame's first. */
export function faultsOfFrame({ client }: Connection, { frame, range, index }: TimedFrame): string[] {
  const bytes = streamBytes(client, range);
  return frame.violations.map(({ rule, found, at }) => {
    const inFrame = { start: at.start - frame.range.start, end: at.end - frame.range.start };
    return `Frame ${String(index)}, ${placed(inFrame, bytes)}${rule.says} (${rule.section}) Found: ${found}.`;
  });
}

/** Where a fault stands: `byte 1 (0x05): `. */
function placed(at: { start: number } | undefined, bytes: Uint8Array): string {
  const byte = at && bytes[at.start];
  if (at === undefined || byte === undefined) return '';
  return `byte ${String(at.start)} (0x${byte.toString(16).padStart(2, '0')}): `;
}
