import type { Connection, TimedFrame } from '../../../src/derive/connection.ts';
import { frameViolations } from '../../../src/derive/frame-violations.ts';
import { countless } from '../../../src/derive/rung-text.ts';
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
export function faultsOfFrame(connection: Connection, timed: TimedFrame): string[] {
  const { frame, range, index } = timed;
  const bytes = streamBytes(connection.client, range);
  return frameViolations(connection, timed).map(({ rule, found, at }) => {
    const inFrame = { start: at.start - frame.range.start, end: at.end - frame.range.start };
    return `Frame ${String(index)}, ${placed(inFrame, bytes)}${rule.says} (${rule.section}) Found: ${found}.`;
  });
}

/** What is wrong with the frame of the client that is not whole, with the byte at fault; nothing where there is none. */
export function faultsOfUnfinished({ frames, pending: { client } }: Connection): string[] {
  if (!client) return [];
  const { violations, range, headerBytes, wirePayload, header, missingBytes } = client;
  const bytes = new Uint8Array([...headerBytes, ...wirePayload]);
  const name = `Frame ${String(frames.length + 1)}`;
  const broken = violations.map(
    ({ rule, found, at }) =>
      `${name}, ${placed({ start: at.start - range.start }, bytes)}${rule.says} (${rule.section}) Found: ${found}.`,
  );
  const count = countless(missingBytes) ?? (missingBytes === 1 ? '1 byte' : `${String(missingBytes)} bytes`);
  const promise =
    header.payloadLength === undefined
      ? 'its header is not whole'
      : `${placed({ start: 1 }, bytes)}the length promises ${count} more than you have typed`;
  return [...broken, `${name} is not finished: ${promise}.`];
}

/** The place of a fault: `byte 1 (0x05): `. */
function placed(at: { start: number } | undefined, bytes: Uint8Array): string {
  const byte = at && bytes[at.start];
  if (at === undefined || byte === undefined) return '';
  return `byte ${String(at.start)} (0x${byte.toString(16).padStart(2, '0')}): `;
}
