import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { ChatClose, parseChatName, type ChatError } from '../../src/contract/chat.ts';
import { ChatMember, type MemberSocket } from '../chat/chat-member.ts';
import type { ChatRooms } from '../chat/chat-rooms.ts';
import { readSince } from '../feed/read-since.ts';
import { TokenBucket } from '../feed/token-bucket.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { keepHeartbeat } from './keep-heartbeat.ts';
import { MessageGate } from './message-gate.ts';
import type { Service } from './service.ts';

/** How long a client that is closed may take to answer, ms: one that reads nothing never will. */
const closingMs = 2000;

/**
 * The chat over WebSocket. What is said there is the learner's own: pages of other origins would read along and speak
 * as if they were one of them (RFC 6455 §10.2), so they are kept out.
 */
export function createChat(limits: Limits, rooms: ChatRooms): Service {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: limits.maxChatMessageBytes,
    perMessageDeflate: false,
    handleProtocols: () => false,
  });
  return {
    door: 'own pages',
    upgrade({ request, link, head, lab, query, connection }) {
      const name = parseChatName(query.get('name') ?? undefined);
      if (!name.ok) throw refuse.fieldRefused(name.field, name.message);
      const room = rooms.of(lab);
      const since = readSince(query.get('since') ?? '0', room.history.lastId);
      server.handleUpgrade(request, link, head, (webSocket) => {
        connection?.serveOn(webSocket);
        webSocket.on('error', () => undefined);
        const received = new MessageGate(connection, 'client');
        const sent = new MessageGate(connection, 'server');
        const socket = memberSocket(webSocket, sent);
        // A browser cannot read the answer to a refused handshake: it is let in, told, and closed.
        if (room.isTaken(name.value)) {
          socket.send(JSON.stringify(nameTaken(name.value)));
          socket.close(ChatClose.nameTaken, 'that name is taken');
          return;
        }
        const member = new ChatMember({
          name: name.value,
          room,
          socket,
          bucket: new TokenBucket(limits.maxChatMessagesPerSecond, performance.now()),
          maxBufferedBytes: limits.maxChatBufferedBytes,
        });
        // Whatever ends it, ws tells so in this one event: the name is free again, and no timer is left.
        webSocket.once('close', () => {
          member.leave();
          received.close();
          sent.close();
        });
        keepHeartbeat(webSocket, limits.chatHeartbeatSeconds * 1000);
        hear(webSocket, (text) => {
          received.pass(() => {
            member.take(text, performance.now());
          });
        });
        room.join(member, since);
      });
    },
  };
}

const nameTaken = (name: string): ChatError => ({
  type: 'error',
  code: 'name-taken',
  field: 'name',
  message: `name: “${name}” is taken in this room, or so near to one that is that people would take you for them. Come back under another.`,
});

/** The one place at which messages of a client come in; `undefined` for one that is binary. */
function hear(webSocket: WebSocket, take: (text: string | undefined) => void): void {
  webSocket.on('message', (message: RawData, isBinary) => {
    // ws makes a text message a Buffer, as long as nobody asks it for another type.
    take(isBinary ? undefined : (message as Buffer).toString());
  });
}

/** The one place at which messages go out to a client. */
function memberSocket(webSocket: WebSocket, gate: MessageGate): MemberSocket {
  return {
    get bufferedBytes() {
      return webSocket.bufferedAmount;
    },
    send(text) {
      gate.pass(() => {
        webSocket.send(text, () => undefined);
      });
    },
    close(code, reason) {
      webSocket.close(code, reason);
      const timer = setTimeout(() => {
        webSocket.terminate();
      }, closingMs);
      webSocket.once('close', () => {
        clearTimeout(timer);
      });
    },
  };
}
