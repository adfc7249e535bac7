import type { ServicePaths } from '../../src/contract/lab.ts';
import { createAttacker } from './attacker.ts';
import { ChatRooms } from '../chat/chat-rooms.ts';
import { createChatMessages } from './chat-messages.ts';
import { createChat } from './chat.ts';
import { createEcho } from './echo.ts';
import { createFeedEvents } from './feed-events.ts';
import { createFeedLongPoll, createFeedPoll } from './feed-poll.ts';
import { createFeedSocket } from './feed-socket.ts';
import { createRaw, type RawSurroundings } from './raw.ts';
import type { Service } from './service.ts';
import { createStream } from './stream.ts';
import { createStreamToken } from './stream-token.ts';
import { createWire } from './wire.ts';

/** All that a lab serves, by the part of the path behind its id. */
export function createServices(surroundings: RawSurroundings): ReadonlyMap<string, Service> {
  const chatRooms = new ChatRooms(surroundings.limits);
  return new Map<string, Service>([
    ['echo', createEcho(surroundings.limits)],
    ['raw', createRaw(surroundings)],
    ['attacker', createAttacker()],
    ['feed', createFeedSocket()],
    ['feed/poll', createFeedPoll()],
    ['feed/long-poll', createFeedLongPoll()],
    ['feed/events', createFeedEvents()],
    ['chat', createChat(surroundings.limits, chatRooms)],
    ['chat/messages', createChatMessages(surroundings.limits, chatRooms)],
    ['stream', createStream(surroundings.limits)],
    ['stream/token', createStreamToken()],
    ['wire', createWire()],
  ]);
}

/** The services that a lab names to its client. */
const named = [
  'echo',
  'raw',
  'attacker',
  'feed',
  'feed/poll',
  'feed/long-poll',
  'feed/events',
  'chat',
  'chat/messages',
  'stream',
  'stream/token',
];

/** Where the services of a lab are. */
export const servicePaths = (id: string): ServicePaths =>
  Object.fromEntries(named.map((name) => [name, `/labs/${id}/${name}`]));
