import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { inTime } from './wait-for.ts';

/** A TCP client that sends any bytes and keeps all that come back. */
export interface RawClient {
  socket: Socket;
  /** Everything received so far. */
  readonly received: Buffer;
  send(bytes: string | Uint8Array): void;
  /** Everything received, as text, once it contains `text`. */
  until(text: string): Promise<string>;
  /** Everything received, once it is so many bytes. */
  untilBytes(count: number): Promise<Buffer>;
  /** How the other side ended the connection: `fin` or `rst`. */
  readonly ended: Promise<'fin' | 'rst'>;
}

/** Connects to a port of loopback; the connection ends with the test. It keeps its own side open after the other's FIN. */
export async function connectRaw({ port }: { port: number }): Promise<RawClient> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  onTestFinished(() => {
    socket.destroy();
  });
  let received = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    socket.emit('received');
  });
  const ended = new Promise<'fin' | 'rst'>((resolve) => {
    socket.once('end', () => {
      resolve('fin');
    });
    socket.once('error', () => {
      resolve('rst');
    });
  });
  await once(socket, 'connect');

  const until = async (what: string, isThere: () => boolean): Promise<void> => {
    const wait = async (): Promise<void> => {
      while (!isThere()) await once(socket, 'received');
    };
    await inTime(`${what}; received: ${JSON.stringify(received.toString('latin1').slice(0, 2000))}`, wait());
  };
  return {
    socket,
    get received() {
      return received;
    },
    send(bytes) {
      socket.write(bytes);
    },
    async until(text) {
      await until(JSON.stringify(text), () => received.includes(text));
      return received.toString('latin1');
    },
    async untilBytes(count) {
      await until(`${String(count)} bytes`, () => received.length >= count);
      return received;
    },
    get ended() {
      return inTime('the end of the connection', ended);
    },
  };
}

/** The text of an opening handshake (RFC 6455 §1.3), with further field lines, or others in place of its own. */
export function openingRequest(
  path: string,
  host: string,
  fields: Record<string, string | undefined> = {},
): string {
  const all: Record<string, string | undefined> = {
    Host: host,
    Upgrade: 'websocket',
    Connection: 'Upgrade',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version': '13',
    ...fields,
  };
  const lines = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return [`GET ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** `host:port` of an origin. */
export const hostOf = ({ origin }: { origin: string }): string => new URL(origin).host;

/** A response taken apart. */
export interface RawResponse {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** Reads a whole response. */
export function readResponse(text: string): RawResponse {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return { status: Number(statusLine.split(' ')[1]), headers, body: rest.join('\r\n\r\n') };
}

/** Sends bytes on a connection of their own, and reads the response that ends it. */
export async function ask(sandbox: { port: number }, request: string): Promise<RawResponse> {
  const client = await connectRaw(sandbox);
  client.send(request);
  await client.ended;
  return readResponse(client.received.toString('latin1'));
}
