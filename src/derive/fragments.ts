import type { Side } from '../contract/wire-event.ts';
import { isControl, Opcode } from '../protocol/opcode.ts';
import type { TimedFrame } from './connection.ts';

/** Which part of a fragmented message a frame is (RFC 6455 §5.4). */
export interface FragmentPlace {
  place: 'first' | 'middle' | 'last';
  /** 1, 2, 3 … within its message. */
  number: number;
  /** The opcode of its message, which its first fragment carries. */
  opcode: number;
}

/** For each data frame of a fragmented message its place in it, by the frame's index. Unfragmented ones are left out. */
export function fragmentPlaces(frames: readonly TimedFrame[]): ReadonlyMap<number, FragmentPlace> {
  const places = new Map<number, FragmentPlace>();
  const fragments: Record<Side, number> = { client: 0, server: 0 };
  const opcodes: Record<Side, number> = { client: 0, server: 0 };
  for (const { index, from, frame } of frames) {
    if (isControl(frame.opcode)) continue;
    if (frame.opcode !== Opcode.continuation) {
      fragments[from] = 0;
      opcodes[from] = frame.opcode;
    }
    // A message in one frame, or a continuation of nothing.
    if (frame.fin && fragments[from] === 0) continue;
    const number = ++fragments[from];
    const place = frame.fin ? 'last' : number === 1 ? 'first' : 'middle';
    places.set(index, { place, number, opcode: opcodes[from] });
    if (frame.fin) fragments[from] = 0;
  }
  return places;
}
