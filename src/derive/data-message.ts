import { isControl, isReserved, Opcode } from '../protocol/opcode.ts';
import { chunkIndexAt, type Connection, type TimedFrame } from './connection.ts';

/** A data message by the frames that carried it (RFC 6455 §5.4). */
export interface DataMessage {
  from: TimedFrame['from'];
  /** Its fragments, in order; never none. */
  frames: readonly TimedFrame[];
  /** Its last fragment has come. */
  isFinished: boolean;
  /** All of its frames but their payload data, in bytes. */
  headerBytes: number;
  payloadBytes: number;
  /** In how many pieces its bytes came through the link: what TCP made of it. */
  pieces: number;
}

/** The data messages of a connection, both sides, in the order in which they began. Control frames belong to none. */
export function dataMessages(connection: Connection): DataMessage[] {
  const groups: { frames: TimedFrame[]; isFinished: boolean }[] = [];
  const open: Partial<Record<TimedFrame['from'], { frames: TimedFrame[]; isFinished: boolean }>> = {};
  for (const timed of connection.frames) {
    const { from, frame } = timed;
    if (isControl(frame.opcode) || isReserved(frame.opcode)) continue;
    let group = open[from];
    if (frame.opcode !== Opcode.continuation) {
      group = { frames: [], isFinished: false };
      groups.push(group);
    }
    // A continuation of nothing belongs to no message.
    if (!group) continue;
    group.frames.push(timed);
    group.isFinished = frame.fin;
    if (frame.fin) delete open[from];
    else open[from] = group;
  }
  return groups.map((group) => measured(group, connection));
}

function measured(
  { frames, isFinished }: { frames: readonly TimedFrame[]; isFinished: boolean },
  connection: Connection,
): DataMessage {
  const from = frames[0]?.from ?? 'client';
  const payloadBytes = frames.reduce((sum, { frame }) => sum + frame.payloadLength, 0);
  const totalBytes = frames.reduce((sum, { range }) => sum + range.end - range.start, 0);
  const start = frames[0]?.range.start ?? 0;
  const end = frames.at(-1)?.range.end ?? 0;
  const { chunks } = connection[from];
  const pieces = chunkIndexAt(chunks, Math.max(start, end - 1)) - chunkIndexAt(chunks, start) + 1;
  return { from, frames, isFinished, headerBytes: totalBytes - payloadBytes, payloadBytes, pieces };
}
