import type { Connection } from '../../derive/connection.ts';
import { chatNameKey } from '../../contract/chat.ts';
import { chatTargetOf } from '../../derive/chat-target.ts';
import { ChatClient } from './chat-client.ts';
import { forgetDeliveries } from './deliveries.ts';

/** The clients of the two panes. */
export const clients = [new ChatClient('Alice'), new ChatClient('Bob')] as const;

/** Both leave, and nothing is left of what was said. */
export function forgetAll(): void {
  for (const client of clients) client.forget();
  forgetDeliveries();
}

/** Names for those who come in, in the order in which they are offered. */
const namesOffered = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank', 'Grace', 'Heidi'];

/** Two names that nobody has who is in the room, by the wire: another tab may have the first two. */
export function freeNames(connections: readonly Connection[]): [string, string] {
  const taken = new Set(
    connections
      .filter(({ handshake, ends }) => handshake === 'open' && ends.length === 0)
      .map((connection) => chatNameKey(chatTargetOf(connection)?.parameter('name') ?? '')),
  );
  const [first = 'Alice', second = 'Bob'] = namesOffered.filter((name) => !taken.has(chatNameKey(name)));
  return [first, second];
}
