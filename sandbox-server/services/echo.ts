import { WebSocketServer, type PerMessageDeflateOptions, type RawData, type WebSocket } from 'ws';
import type { LabConnection } from '../lab/lab-connection.ts';
import type { Limits } from '../limits.ts';
import { refuse } from '../refusals.ts';
import { askProgram } from './ask-program.ts';
import { parseEchoOptions, type EchoOptions } from './echo-options.ts';
import { keepHeartbeat } from './keep-heartbeat.ts';
import { MessageGate } from './message-gate.ts';
import { rejectionAsAsked } from './rejection.ts';
import type { Service, UpgradeRequest } from './service.ts';

/** Sends every message back as it came. Any page may use it: the lesson on Origin shows what that means. */
export function createEcho(limits: Pick<Limits, 'maxMessageBytes' | 'maxBufferedBytes'>): Service {
  const servers: Record<EchoOptions['deflate'], WebSocketServer> = {
    no: createServer(limits, false),
    takeover: createServer(limits, true),
    // ws leaves messages under its threshold alone where the window is forgotten: here every message is compressed.
    'no-takeover': createServer(limits, {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      threshold: 0,
    }),
  };
  return {
    door: 'anybody',
    upgrade(upgrade) {
      const parsed = parseEchoOptions(upgrade.query);
      if (!parsed.ok) throw refuse.fieldRefused(parsed.field, parsed.message);
      const options = parsed.value;
      if (options.rejectStatus !== undefined) throw rejectionAsAsked(options.rejectStatus, pathOf(upgrade));
      const { request, link, head, connection } = upgrade;
      servers[options.deflate].handleUpgrade(request, link, head, (socket) => {
        connection?.serveOn(socket);
        if (options.keepAliveMs !== undefined) link.setKeepAlive(true, options.keepAliveMs);
        echo(socket, options, limits.maxBufferedBytes, connection);
      });
    },
  };
}

function createServer(
  { maxMessageBytes }: Pick<Limits, 'maxMessageBytes'>,
  deflate: boolean | PerMessageDeflateOptions,
): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: maxMessageBytes,
    perMessageDeflate: deflate,
    handleProtocols: (offered, request) => {
      const spoken = new URL(request.url ?? '/', 'ws://lab').searchParams.get('subprotocol') ?? '';
      const names = spoken.split(',').map((name) => name.trim());
      return names.find((name) => offered.has(name)) ?? false;
    },
  });
}

function echo(
  socket: WebSocket,
  options: EchoOptions,
  maxBufferedBytes: number,
  connection: LabConnection | undefined,
): void {
  const received = new MessageGate(connection, 'client');
  const sent = new MessageGate(connection, 'server');
  const send = (message: RawData, isBinary: boolean): void => {
    if (socket.bufferedAmount < maxBufferedBytes) {
      socket.send(message, { binary: isBinary });
      return;
    }
    // Whoever does not read gets no further: without this, the server would hold all that it has not read.
    socket.pause();
    socket.send(message, { binary: isBinary }, () => {
      socket.resume();
    });
  };
  // Illegal frames are the learner's to send: ws closes with the code that they call for.
  socket.on('error', () => undefined);
  const questions =
    options.askMs === undefined
      ? undefined
      : askProgram(socket, options.askMs, (text) => {
          sent.pass(() => {
            if (socket.readyState === socket.OPEN) socket.send(text);
          });
        });
  const isAnswer = (message: RawData, isBinary: boolean): boolean =>
    questions !== undefined && !isBinary && questions.takes((message as Buffer).toString());
  socket.on('message', (message, isBinary) => {
    if (received.isClear && sent.isClear) {
      if (!isAnswer(message, isBinary)) send(message, isBinary);
      return;
    }
    received.pass(() => {
      if (isAnswer(message, isBinary)) return;
      sent.pass(() => {
        send(message, isBinary);
      });
    });
  });
  socket.once('close', () => {
    received.close();
    sent.close();
  });
  if (options.heartbeatMs !== undefined) keepHeartbeat(socket, options.heartbeatMs);
  if (options.closeCode !== undefined) socket.close(options.closeCode, 'as asked');
}

const pathOf = ({ lab }: UpgradeRequest): string => `/labs/${lab.id}/echo`;
