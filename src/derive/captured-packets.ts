import type { Side } from '../contract/wire-event.ts';
import type { Chunk, Connection } from './connection.ts';

/** One TCP segment, as somebody would have captured it on the client's machine. */
export interface CapturedPacket {
  /** When it left or reached the client, ms since the lab began. */
  at: number;
  conn: number;
  from: Side;
  /** Relative to the first of its side: SYN is 0, the first byte 1. */
  sequence: number;
  acknowledgement: number;
  flags: { syn?: boolean; ack?: boolean; push?: boolean; fin?: boolean; rst?: boolean };
  payload: Uint8Array;
}

/** The most payload of a segment on Ethernet without options: 1500 - 20 - 20 bytes. */
export const maxSegmentBytes = 1460;

const noBytes = new Uint8Array(0);

/** Something that happens on a connection, before it is cut into segments. */
type Step = { at: number; from: Side } & (
  { kind: 'bytes'; bytes: Uint8Array } | { kind: 'end'; how: 'fin' | 'rst' }
);

/**
 * The segments of a connection as seen from the client: what it sent when that entered the link, what it was sent when
 * that left it. So what the link holds or has swallowed of the server's bytes is not there, and what it has changed of
 * the client's is there as the client sent it. TCP's opening, its sequence numbers and acknowledgements are worked out
 * from the bytes: the wire log knows streams, not segments.
 */
export function capturedPackets(connection: Connection): CapturedPacket[] {
  const { conn, openedAt } = connection;
  const next: Record<Side, number> = { client: 0, server: 0 };
  const packets: CapturedPacket[] = [];
  const add = (
    at: number,
    from: Side,
    flags: CapturedPacket['flags'],
    payload: Uint8Array = noBytes,
  ): void => {
    const to = from === 'client' ? 'server' : 'client';
    const acknowledgement = flags.ack === true ? next[to] : 0;
    packets.push({ at, conn, from, sequence: next[from], acknowledgement, flags, payload });
    next[from] += payload.length + (flags.syn === true || flags.fin === true ? 1 : 0);
  };
  add(openedAt, 'client', { syn: true });
  add(openedAt, 'server', { syn: true, ack: true });
  add(openedAt, 'client', { ack: true });
  for (const step of stepsOf(connection)) {
    const at = Math.max(step.at, packets.at(-1)?.at ?? 0);
    if (step.kind === 'end') {
      add(at, step.from, step.how === 'fin' ? { fin: true, ack: true } : { rst: true, ack: true });
      continue;
    }
    for (let start = 0; start < step.bytes.length; start += maxSegmentBytes) {
      const payload = step.bytes.subarray(start, start + maxSegmentBytes);
      const push = start + payload.length === step.bytes.length;
      add(at, step.from, push ? { ack: true, push } : { ack: true }, payload);
    }
  }
  return packets;
}

function stepsOf({ client, server, ends }: Connection): Step[] {
  const bytesOf = ({ bytes }: Chunk, from: Side, at: number): Step => ({ kind: 'bytes', at, from, bytes });
  const steps: Step[] = client.chunks.map((chunk) => bytesOf(chunk, 'client', chunk.at));
  // TCP keeps order: where one chunk is missing, nothing behind it can have arrived.
  let lastDue = 0;
  for (const chunk of server.chunks) {
    if (chunk.due === undefined) break;
    steps.push(bytesOf(chunk, 'server', chunk.due));
    lastDue = chunk.due;
  }
  for (const { at, by, how } of ends) {
    // What the link ends, the client sees as the server's. The server's own FIN crosses the link behind its bytes.
    const seenAt = by === 'server' && how === 'fin' ? Math.max(at, lastDue) : at;
    steps.push({ kind: 'end', at: seenAt, from: by === 'client' ? 'client' : 'server', how });
  }
  steps.sort((one, other) => one.at - other.at || Number(one.kind === 'end') - Number(other.kind === 'end'));
  return withoutAfterEnd(steps);
}

/** Nothing follows a side's own FIN, or an RST of either. */
function withoutAfterEnd(steps: readonly Step[]): Step[] {
  const ended = new Set<Side>();
  let isReset = false;
  return steps.filter((step) => {
    if (isReset || ended.has(step.from)) return false;
    if (step.kind === 'end') {
      ended.add(step.from);
      isReset = step.how === 'rst';
    }
    return true;
  });
}
