import { isControl } from '../protocol/opcode.ts';
import { parseExtensions } from '../protocol/extension.ts';
import { MessageAssembler } from '../protocol/message-assembler.ts';
import type { Message } from '../protocol/message.ts';
import { fieldValues } from '../protocol/read-head.ts';
import type { Connection, TimedFrame } from './connection.ts';

/** Most that is inflated of a message for a view, in bytes. */
const maxMessageBytes = 1024 * 1024;

/** The message that a data frame belongs to, and which of its fragments it is. */
export interface MessageOfFrame {
  message: Message;
  /** 1, 2, 3 … */
  number: number;
}

/**
 * The message of a data frame, as far as it has come: inflated as was agreed, judged as a whole. It reads the messages
 * of its side from the first on, since each may lean on the ones before it (RFC 7692 §7.1.1). `undefined` for a control
 * frame and for a continuation of nothing.
 */
export function messageOfFrame(connection: Connection, timed: TimedFrame): MessageOfFrame | undefined {
  if (isControl(timed.frame.opcode)) return undefined;
  const { response, frames } = connection;
  const { extensions } = parseExtensions(response ? fieldValues(response, 'Sec-WebSocket-Extensions') : []);
  const assembler = new MessageAssembler({ from: timed.from, extensions, maxMessageBytes });
  for (const { from, frame } of frames) {
    if (from !== timed.from) continue;
    for (const message of assembler.push(frame)) {
      const number = message.fragments.indexOf(timed.frame) + 1;
      if (number > 0) return { message, number };
    }
  }
  const number = assembler.fragments.indexOf(timed.frame) + 1;
  const message = number > 0 ? assembler.unfinished : undefined;
  return message && { message, number };
}
