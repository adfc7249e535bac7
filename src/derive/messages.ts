import type { Side } from '../contract/wire-event.ts';
import { parseExtensions } from '../protocol/extension.ts';
import { MessageAssembler } from '../protocol/message-assembler.ts';
import type { Message } from '../protocol/message.ts';
import { fieldValues } from '../protocol/read-head.ts';
import type { Connection } from './connection.ts';

/** A message and when it was whole. Times are milliseconds since the lab began. */
export interface TimedMessage {
  from: Side;
  /** Its last byte entered the link. */
  at: number;
  /** Its last byte left the link, if it has. */
  due: number | undefined;
  message: Message;
}

/** The finished messages of both sides of a connection, inflated as was agreed, in the order in which they were whole. */
export function messagesOf({ response, frames }: Connection, maxMessageBytes?: number): TimedMessage[] {
  const { extensions } = parseExtensions(response ? fieldValues(response, 'Sec-WebSocket-Extensions') : []);
  const bound = maxMessageBytes === undefined ? {} : { maxMessageBytes };
  const assemblers: Record<Side, MessageAssembler> = {
    client: new MessageAssembler({ from: 'client', extensions, ...bound }),
    server: new MessageAssembler({ from: 'server', extensions, ...bound }),
  };
  return frames.flatMap(({ from, frame, at, due }) =>
    assemblers[from].push(frame).map((message) => ({ from, at, due, message })),
  );
}
