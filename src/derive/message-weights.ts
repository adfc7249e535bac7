import type { Connection } from './connection.ts';
import { messagesOf } from './messages.ts';

/** What one message weighed, before compression and on the wire, in bytes of payload. */
export interface MessageWeight {
  from: 'client' | 'server';
  text: string | undefined;
  messageBytes: number;
  wireBytes: number;
  isCompressed: boolean;
}

/** The weights of the finished messages of a connection, in their order; one that could not be inflated is left out. */
export function messageWeights(connection: Connection): MessageWeight[] {
  return messagesOf(connection)
    .filter(({ message }) => message.missing === undefined)
    .map(({ from, message }) => ({
      from,
      text: message.text,
      messageBytes: message.payload.length,
      wireBytes: message.wireLength,
      isCompressed: message.isCompressed,
    }));
}
