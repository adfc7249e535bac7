import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { subprotocol } from '../../src/resilient-socket/envelope.ts';
import { TokenBucket } from '../feed/token-bucket.ts';
import type { Lab } from '../lab/lab.ts';
import type { LabConnection } from '../lab/lab-connection.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { SlowReader } from '../stream/slow-reader.ts';
import { StreamMember } from '../stream/stream-member.ts';
import { StreamRoom } from '../stream/stream-room.ts';
import { keepHeartbeat } from './keep-heartbeat.ts';
import { MessageGate } from './message-gate.ts';
import type { Service } from './service.ts';
import { demandGoodToken } from './stream-token.ts';
import { parseStreamOptions, type StreamOptions } from './stream-options.ts';

/** Largest message of a client, bytes; a larger one is closed with 1009. */
const maxPayload = 16 * 1024;
/** A client that was told to go has so long to read that, ms. */
const closePatienceMs = 1000;

/**
 * Numbered messages both ways, and the server's half of a connection that survives: acknowledgements, resuming by offset,
 * a bounded queue for each client, limits of size and rate.
 */
export function createStream(limits: Limits): Service {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload,
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(subprotocol) && subprotocol,
  });
  const rooms = new WeakMap<Lab, StreamRoom>();
  /** The room of this life of the lab's server. */
  const roomOf = (lab: Lab): StreamRoom => {
    const known = rooms.get(lab);
    if (known?.life === lab.serverLife) return known;
    known?.end();
    const life = lab.serverLife;
    const room = new StreamRoom(life, limits, {
      isAlive: () => life === lab.serverLife,
      made(data) {
        lab.programDid('made', data);
      },
    });
    rooms.set(lab, room);
    return room;
  };
  return {
    // A snippet as found on the web runs in a sandboxed frame, whose origin is null. Who knows the lab's id may speak here.
    door: 'anybody',
    upgrade({ request, link, head, lab, query, connection }) {
      const options = parseStreamOptions(query);
      if (!options.ok) throw refuse.fieldRefused(options.field, options.message);
      demandGoodToken(lab, query);
      server.handleUpgrade(request, link, head, (webSocket) => {
        connection?.serveOn(webSocket);
        serve(webSocket, connection, roomOf(lab), options.value, limits);
      });
    },
  };
}

function serve(
  webSocket: WebSocket,
  connection: LabConnection | undefined,
  room: StreamRoom,
  { everyMs, hold, heartbeatMs, policy, size }: StreamOptions,
  limits: Limits,
): void {
  const received = new MessageGate(connection, 'client');
  const sent = new MessageGate(connection, 'server');
  const close = (code: number, reason: string): void => {
    webSocket.close(code, reason);
  };
  const socket = {
    get bufferedBytes() {
      return webSocket.bufferedAmount;
    },
    send(text: string, whenSent: () => void) {
      sent.pass(() => {
        webSocket.send(text, whenSent);
      });
    },
    dismiss(code: number, reason: string) {
      close(code, reason);
      // The Close waits behind all that the client does not read.
      setTimeout(() => {
        webSocket.terminate();
      }, closePatienceMs).unref();
    },
    abandon() {
      webSocket.terminate();
    },
  };
  const reader = new SlowReader(
    socket,
    { maxBufferedBytes: limits.maxBufferedBytes, maxUnboundedBytes: limits.maxStreamBufferedBytes },
    policy,
  );
  const member = new StreamMember({
    isPlain: webSocket.protocol !== subprotocol,
    room,
    hold,
    bucket: new TokenBucket(limits.maxStreamMessagesPerSecond, performance.now()),
    size,
    reader,
    took(data) {
      connection?.took(data);
    },
    close,
  });
  if (everyMs !== undefined) room.setPace(everyMs);
  const leave = room.join(member);
  const gone = connection?.noteReader(policy, () => reader.tally);
  webSocket.on('error', () => undefined);
  webSocket.on('message', (message: RawData, isBinary) => {
    received.pass(() => {
      // ws makes a text message a Buffer, as long as nobody asks it for another type.
      member.take(isBinary ? undefined : (message as Buffer).toString(), performance.now());
    });
  });
  webSocket.once('close', () => {
    leave();
    gone?.();
    received.close();
    sent.close();
  });
  if (heartbeatMs !== undefined) keepHeartbeat(webSocket, heartbeatMs);
}
