import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { WebSocket, type ClientOptions } from 'ws';
import { inTime } from './wait-for.ts';

/** A WebSocket whose messages can be awaited one by one. */
export interface WsClient {
  socket: WebSocket;
  /** The next message, as text. */
  next(): Promise<string>;
  /** How it was closed. */
  readonly closed: Promise<{ code: number; reason: string }>;
}

/** What a client asks for. */
export interface WsClientOptions extends ClientOptions {
  protocols?: string[];
}

const addressOf = (origin: string, path: string): string => new URL(path, origin).href.replace(/^http/, 'ws');

/** Opens a WebSocket; it ends with the test. */
export async function connectWs(
  { origin }: { origin: string },
  path: string,
  { protocols = [], ...options }: WsClientOptions = {},
): Promise<WsClient> {
  const socket = new WebSocket(addressOf(origin, path), protocols, { perMessageDeflate: false, ...options });
  onTestFinished(() => {
    socket.terminate();
  });
  const messages: string[] = [];
  const waiting: ((message: string) => void)[] = [];
  socket.on('message', (message: Buffer) => {
    const text = message.toString();
    const first = waiting.shift();
    if (first) first(text);
    else messages.push(text);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => {
      resolve({ code, reason: reason.toString() });
    });
  });
  await inTime(`an open WebSocket at ${path}`, once(socket, 'open'));
  // After this a failure shows as the close that follows it.
  socket.on('error', () => undefined);
  const next = (): Promise<string> => {
    const message = messages.shift();
    return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
  };
  return {
    socket,
    next: () => inTime('a message', next()),
    get closed() {
      return inTime('the close of the WebSocket', closed);
    },
  };
}

/** The answer to an opening handshake that was refused. */
export interface Refusal {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Attempts an opening handshake that is expected to be refused. */
export async function refusedUpgrade(
  { origin }: { origin: string },
  path: string,
  { protocols = [], ...options }: WsClientOptions = {},
): Promise<Refusal> {
  const socket = new WebSocket(addressOf(origin, path), protocols, options);
  onTestFinished(() => {
    socket.on('error', () => undefined);
    socket.terminate();
  });
  const opened = once(socket, 'open').then(() => Promise.reject(new Error('the handshake was not refused')));
  const [, response] = (await inTime(
    'a refusal',
    Promise.race([once(socket, 'unexpected-response'), opened]),
  )) as [unknown, IncomingMessage];
  return { status: response.statusCode ?? 0, headers: response.headers, body: await text(response) };
}
