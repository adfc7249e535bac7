import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A crowd of raw clients that each send a message when the last has come back: cheap, so that the server is measured. */
export interface Load {
  /** Echoes until so many milliseconds are over; answers how many came back, and in how many milliseconds. */
  run(milliseconds: number): Promise<{ echoes: number; milliseconds: number }>;
  close(): void;
}

/** Opens `connections` WebSockets at `path`, each to echo messages of `payloadBytes`. */
export async function openLoad(
  port: number,
  path: string,
  connections: number,
  payloadBytes: number,
): Promise<Load> {
  const frame = maskedFrame(payloadBytes);
  const echoBytes = frame.length - 4;
  const clients = await Promise.all(
    Array.from({ length: connections }, () => openClient(port, path, echoBytes)),
  );
  return {
    async run(milliseconds) {
      const began = performance.now();
      let echoes = 0;
      await Promise.all(
        clients.map(
          (client) =>
            new Promise<void>((resolve) => {
              client.onEcho = () => {
                echoes++;
                if (performance.now() - began < milliseconds) client.socket.write(frame);
                else resolve();
              };
              client.socket.write(frame);
            }),
        ),
      );
      return { echoes, milliseconds: performance.now() - began };
    },
    close() {
      for (const { socket } of clients) socket.destroy();
    },
  };
}

interface Client {
  socket: Socket;
  onEcho: () => void;
}

async function openClient(port: number, path: string, echoBytes: number): Promise<Client> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  const client: Client = { socket, onEcho: () => undefined };
  socket.write(
    [
      `GET ${path} HTTP/1.1`,
      `Host: 127.0.0.1:${String(port)}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==',
      '',
      '',
    ].join('\r\n'),
  );
  const [answer] = (await once(socket, 'data')) as [Buffer];
  if (!answer.toString('latin1').startsWith('HTTP/1.1 101 '))
    throw new Error(`no 101: ${answer.toString('latin1')}`);
  let received = 0;
  socket.on('data', (bytes: Buffer) => {
    received += bytes.length;
    if (received < echoBytes) return;
    received -= echoBytes;
    client.onEcho();
  });
  return client;
}

/** A binary frame of a client (RFC 6455 §5.2). */
function maskedFrame(payloadBytes: number): Buffer {
  const length =
    payloadBytes < 126
      ? Buffer.from([0x80 | payloadBytes])
      : payloadBytes < 65536
        ? Buffer.from([0x80 | 126, payloadBytes >> 8, payloadBytes & 0xff])
        : Buffer.from([0x80 | 127, 0, 0, 0, 0, ...uint32(payloadBytes)]);
  const maskingKey = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
  const payload = Buffer.alloc(payloadBytes).map((_, index) => index ^ (maskingKey[index % 4] ?? 0));
  return Buffer.concat([Buffer.from([0x82]), length, maskingKey, payload]);
}

const uint32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);
