import type { Duplex, Writable } from 'node:stream';
import * as ws from 'ws';

/** What ws's own decoder of frames emits; ws exports it, its types leave it out. */
type Receiver = Writable & {
  on(event: 'message', listener: (message: Buffer, isBinary: boolean) => void): Receiver;
  on(event: 'ping' | 'pong', listener: (payload: Buffer) => void): Receiver;
  on(event: 'conclude', listener: (code: number, reason: Buffer) => void): Receiver;
  on(event: 'error', listener: (error: Error & { code?: string }) => void): Receiver;
};

interface ReceiverOptions {
  isServer?: boolean;
  extensions?: Record<string, unknown>;
  maxPayload?: number;
  allowSynchronousEvents?: boolean;
}

interface SendOptions {
  fin: boolean;
  rsv1: boolean;
  opcode: number;
  mask: boolean;
  readOnly: boolean;
  maskBuffer: Buffer;
  generateMask?: (mask: Buffer) => void;
}

/** ws's own encoder of frames. */
interface SenderClass {
  new (socket: Duplex): { close(code: number, reason: string, mask: boolean, callback: () => void): void };
  /** Answers the frame in one or two pieces. */
  frame(data: Buffer, options: SendOptions): Buffer[];
}

/** ws's own permessage-deflate. */
interface PerMessageDeflate {
  accept(configurations: readonly Record<string, unknown>[]): Record<string, unknown>;
  offer(): Record<string, unknown>;
  compress(data: Buffer, fin: boolean, callback: (error: Error | null, result: Buffer) => void): void;
  cleanup(): void;
}

const internals = ws as unknown as {
  Receiver: new (options?: ReceiverOptions) => Receiver;
  Sender: SenderClass;
  PerMessageDeflate: new (options?: Record<string, unknown>) => PerMessageDeflate;
  extension: { parse(header: string): Record<string, Record<string, unknown>[]> };
  subprotocol: { parse(header: string): Set<string> };
};

export const { Receiver: WsReceiver, Sender: WsSender, PerMessageDeflate: WsDeflate } = internals;
export const wsExtension = internals.extension;
export const wsSubprotocol = internals.subprotocol;

/** What ws makes of the bytes of one side: what it delivered, and how it failed if it did. */
export interface WsReading {
  events: string[];
  /** The `code` of the error with which it gave up. */
  failed: string | undefined;
}

/** Reads bytes with ws's own receiver. `from` is the side that sent them. */
export async function readWithWs(
  chunks: readonly Uint8Array[],
  from: 'client' | 'server',
  extensions: Record<string, unknown> = {},
): Promise<WsReading> {
  const receiver = new WsReceiver({ isServer: from === 'client', extensions });
  const reading: WsReading = { events: [], failed: undefined };
  const show = (payload: Buffer): string => payload.toString('hex');
  receiver.on('message', (message, isBinary) => {
    reading.events.push(`${isBinary ? 'binary' : 'text'} ${show(message)}`);
  });
  receiver.on('ping', (payload: Buffer) => reading.events.push(`ping ${show(payload)}`));
  receiver.on('pong', (payload: Buffer) => reading.events.push(`pong ${show(payload)}`));
  receiver.on('conclude', (code: number, reason: Buffer) =>
    reading.events.push(`close ${String(code)} ${show(reason)}`),
  );
  receiver.on('error', (error: Error & { code?: string }) => {
    reading.failed = error.code ?? error.message;
  });
  for (const chunk of chunks) {
    // ws unmasks in place: it gets bytes of its own.
    await new Promise<void>((resolve) => {
      receiver.write(Buffer.from(chunk), () => {
        resolve();
      });
    });
    if (receiver.destroyed || receiver.writableEnded) break;
  }
  return reading;
}
