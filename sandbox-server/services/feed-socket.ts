import { WebSocketServer } from 'ws';
import { Follower } from '../feed/follower.ts';
import { readSince } from '../feed/read-since.ts';
import { MessageGate } from './message-gate.ts';
import type { Service } from './service.ts';

/** Nothing is read here; a control frame is as much as a listener needs to send. */
const maxPayload = 125;

/** The feed over WebSocket: a text message each. */
export function createFeedSocket(): Service {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: () => false,
  });
  return {
    door: 'anybody',
    upgrade({ request, link, head, lab, query, connection }) {
      const startedAt = performance.now();
      const { feed } = lab;
      feed.attend('webSocket');
      const since = readSince(query.get('since'), feed.lastId);
      feed.demandRoom();
      server.handleUpgrade(request, link, head, (socket) => {
        connection?.serveOn(socket);
        socket.on('error', () => undefined);
        socket.on('message', () => {
          socket.close(1008, 'nothing is read on the feed');
        });
        const sent = new MessageGate(connection, 'server');
        const whenSent = (): void => {
          follower.heard();
        };
        const follower = new Follower(feed, 'webSocket', since, {
          get bufferedBytes() {
            return socket.readyState === socket.OPEN ? socket.bufferedAmount : Number.POSITIVE_INFINITY;
          },
          send({ text }) {
            sent.pass(() => {
              socket.send(text, whenSent);
            });
          },
          // Its lab closes it, with the reason.
          end: () => undefined,
        });
        const leave = feed.join(follower);
        socket.once('close', () => {
          leave();
          sent.close();
        });
        follower.heard();
      });
      feed.workOf('webSocket').workMs += performance.now() - startedAt;
    },
  };
}
