import { WebSocketServer } from 'ws';
import { wireSubprotocol } from '../../src/contract/lab.ts';
import { show } from '../../src/contract/result.ts';
import { refuse } from '../refusals.ts';
import type { Service } from './service.ts';

/** Nothing is read on the wire channel; a control frame is as much as a watcher needs to send. */
const maxPayload = 125;

/** The wire channel: on it a page follows the wire log of its lab. */
export function createWire(): Service {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: () => wireSubprotocol,
  });
  return {
    door: 'own pages',
    upgrade({ request, link, head, lab, query, connection }) {
      if (connection) throw refuse.recordedFollower();
      const offered = request.headers['sec-websocket-protocol']?.split(',').map((name) => name.trim()) ?? [];
      if (!offered.includes(wireSubprotocol)) throw refuse.subprotocolRequired();
      const since = readSince(query, lab.log.lastSeq);
      lab.channel.demandRoom();
      server.handleUpgrade(request, link, head, (socket) => {
        socket.on('error', () => undefined);
        socket.on('message', () => {
          socket.close(1008, 'nothing is read on the wire channel');
        });
        socket.once('close', () => {
          lab.touch();
        });
        lab.touch();
        lab.channel.follow(socket, since);
      });
    },
  };
}

/** The `since` of a query: 0 to begin with the oldest event, else the last one that was read. */
function readSince(query: URLSearchParams, lastSeq: number): number {
  const given = query.get('since') ?? '0';
  const since = /^[0-9]{1,15}$/.test(given) ? Number(given) : Number.NaN;
  if (since <= lastSeq) return since;
  throw refuse.fieldRefused(
    'since',
    `expected a number from 0 to ${String(lastSeq)}, the last event; got ${show(given)}`,
  );
}
