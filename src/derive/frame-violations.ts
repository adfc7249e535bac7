import type { Side } from '../contract/wire-event.ts';
import { DecodedMessage } from '../protocol/decoded-message.ts';
import { parseExtensions } from '../protocol/extension.ts';
import type { Frame } from '../protocol/frame.ts';
import { MessageAssembler } from '../protocol/message-assembler.ts';
import type { Message } from '../protocol/message.ts';
import { isControl, Opcode } from '../protocol/opcode.ts';
import { fieldValues } from '../protocol/read-head.ts';
import type { Violation } from '../protocol/violation.ts';
import type { Connection, TimedFrame } from './connection.ts';
import type { Rung } from './rung.ts';

/** Most that is inflated of a message to judge it, in bytes: what lies beyond is not judged. */
const maxMessageBytes = 1024 * 1024;

const none: readonly Violation[] = [];

/** What frames break through their messages, once those are finished: nothing can change that any more. */
const settled = new WeakMap<Frame, readonly Violation[]>();

/** How far the compressed messages of a connection were read, by its frames: that list stays the same as it grows. */
const readings = new WeakMap<readonly TimedFrame[], CompressedReading>();

/**
 * The rules that a frame breaks: by itself, and through the message that it belongs to, where the bytes to blame end in
 * this frame (RFC 6455 §8.1, RFC 7692 §7.2.2). So a text that is no UTF-8 is as illegal as a reserved opcode.
 */
export function frameViolations(connection: Connection, timed: TimedFrame): readonly Violation[] {
  const { frame } = timed;
  const ofMessage = isControl(frame.opcode) ? none : messageViolations(connection, timed);
  return ofMessage.length === 0 ? frame.violations : [...frame.violations, ...ofMessage];
}

function messageViolations(connection: Connection, timed: TimedFrame): readonly Violation[] {
  const { response, frames } = connection;
  const { extensions } = parseExtensions(response ? fieldValues(response, 'Sec-WebSocket-Extensions') : []);
  if (extensions.length > 0) {
    let reading = readings.get(frames);
    if (!reading) {
      reading = {
        read: 0,
        client: new MessageAssembler({ from: 'client', extensions, maxMessageBytes }),
        server: new MessageAssembler({ from: 'server', extensions, maxMessageBytes }),
      };
      readings.set(frames, reading);
    }
    readOn(reading, frames);
    return settled.get(timed.frame) ?? none;
  }
  const known = settled.get(timed.frame);
  if (known) return known;
  const fragments = fragmentsAround(frames, timed);
  if (fragments?.[0]?.opcode !== Opcode.text) return none;
  const isFinished = fragments.at(-1)?.fin === true;
  const message = new DecodedMessage(fragments, isFinished, undefined, maxMessageBytes);
  if (isFinished) settle(message);
  return blamedOn(timed.frame, message);
}

interface CompressedReading extends Record<Side, MessageAssembler> {
  /** Frames that were read. */
  read: number;
}

/** A compressed message may lean on those before it (RFC 7692 §7.1.1): they are read in order, each once. */
function readOn(reading: CompressedReading, frames: readonly TimedFrame[]): void {
  for (; reading.read < frames.length; reading.read++) {
    const timed = frames[reading.read];
    for (const message of timed ? reading[timed.from].push(timed.frame) : []) settle(message);
  }
}

function settle(message: Message): void {
  for (const fragment of message.fragments) settled.set(fragment, blamedOn(fragment, message));
}

/** What of a message's broken rules is to be told at a frame of it: where the bytes to blame end. */
function blamedOn({ range }: Frame, { violations }: Message): readonly Violation[] {
  if (violations.length === 0) return none;
  return violations.filter(({ at }) => range.start < at.end && at.end <= range.end);
}

/** The fragments of the message that a data frame belongs to, as far as they have come; none for a continuation of nothing. */
function fragmentsAround(frames: readonly TimedFrame[], { from, index }: TimedFrame): Frame[] | undefined {
  const fragments: Frame[] = [];
  for (let at = index - 1; at >= 0; at--) {
    const timed = frames[at];
    if (timed?.from !== from || isControl(timed.frame.opcode)) continue;
    const { frame } = timed;
    // An earlier frame with FIN: what stands behind it continues nothing.
    if (frame.fin && at < index - 1) return undefined;
    fragments.unshift(frame);
    if (frame.opcode !== Opcode.continuation) break;
  }
  if (fragments[0]?.opcode === Opcode.continuation) return undefined;
  for (let at = index; at < frames.length && fragments.at(-1)?.fin === false; at++) {
    const timed = frames[at];
    if (timed?.from !== from || isControl(timed.frame.opcode)) continue;
    if (timed.frame.opcode !== Opcode.continuation) break;
    fragments.push(timed.frame);
  }
  return fragments;
}

/** The rules that a rung of the ladder breaks: those of its frame, also where that is not whole yet. */
export function rungViolations({ connection, from, what }: Rung): readonly Violation[] {
  if (!connection) return none;
  if (what.kind === 'frame') return frameViolations(connection, what.frame);
  if (what.kind !== 'unfinished' || (from !== 'client' && from !== 'server')) return none;
  return connection.pending[from]?.violations ?? none;
}
