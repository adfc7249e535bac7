import { atom, type ReadableAtom } from 'nanostores';
import type { Connection } from '../../derive/connection.ts';
import { openRawBridge, type RawBridge } from '../../lab/raw-bridge.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { $session } from '../../lab/session-store.ts';
import { fieldValues, HttpHeadReader } from '../../protocol/read-head.ts';
import { freshKey, legalRequest, requestBytes } from '../handshake-bench/request-text.ts';

/** How a connection by hand stands. `key` is its Sec-WebSocket-Key, by which the wire log knows it. */
export type HandLineState =
  | { stage: 'idle' }
  | { stage: 'connecting' | 'open'; key: string; written: number; of: number }
  | { stage: 'ended'; key: string; written: number; of: number; reason: string };

/** Where a connection by hand leads. */
export interface HandLineTarget {
  /** The path of the raw bridge. */
  raw: string;
  /** The path of the echo service. */
  echo: string;
}

/** A connection by hand: a real opening handshake over the raw bridge, then bytes as they are given. */
export interface HandLine {
  $state: ReadableAtom<HandLineState>;
  /** Sends these TCP writes in order, on the connection that stands or, where there is none, on a new one. */
  send: (target: HandLineTarget, writes: readonly Uint8Array<ArrayBuffer>[]) => void;
  /** Ends TCP, without a Close frame. */
  hangUp: () => void;
}

/** How long a write is waited for in the wire log before the next goes out all the same, in ms. */
const longestWaitMs = 3000;

interface Line {
  bridge: RawBridge;
  target: HandLineTarget;
  key: string;
  reader: HttpHeadReader<'response'>;
  queue: Uint8Array<ArrayBuffer>[];
  /** Bytes that were sent, the request's included. */
  sentBytes: number;
  written: number;
  of: number;
  isPumping: boolean;
}

/** Makes the connection by hand of one widget. */
export function createHandLine(): HandLine {
  const $state = atom<HandLineState>({ stage: 'idle' });
  let line: Line | undefined;

  const show = (shown: Line): void => {
    const stage = shown.reader.head ? 'open' : 'connecting';
    $state.set({ stage, key: shown.key, written: shown.written, of: shown.of });
  };
  const end = (ended: Line, reason: string): void => {
    if (line !== ended) return;
    line = undefined;
    $state.set({ stage: 'ended', key: ended.key, written: ended.written, of: ended.of, reason });
  };
  const pump = async (pumped: Line): Promise<void> => {
    if (pumped.isPumping || !pumped.reader.head) return;
    pumped.isPumping = true;
    for (let write = pumped.queue.shift(); write && line === pumped; write = pumped.queue.shift()) {
      pumped.bridge.send(write);
      pumped.sentBytes += write.length;
      pumped.written++;
      show(pumped);
      // Two writes in a row may arrive as one: the next waits until this one is seen on the wire.
      if (pumped.queue.length > 0) await seenOnWire(pumped.key, pumped.sentBytes);
    }
    pumped.isPumping = false;
  };
  const open = (target: HandLineTarget): Line => {
    const key = freshKey();
    const request = requestBytes(legalRequest(target.echo, new URL(sandboxOrigin()).host, key));
    const opened: Line = {
      bridge: openRawBridge(target.raw, {
        opened() {
          opened.bridge.send(request);
        },
        received(bytes) {
          if (opened.reader.head) return;
          const head = opened.reader.push(bytes);
          if (!head) return;
          if (head.statusCode === 101) {
            show(opened);
            void pump(opened);
          } else {
            opened.bridge.close();
            end(opened, `the server answered the handshake with ${String(head.statusCode)}`);
          }
        },
        ended(reason) {
          end(opened, reason);
        },
      }),
      target,
      key,
      reader: new HttpHeadReader('response'),
      queue: [],
      sentBytes: request.length,
      written: 0,
      of: 0,
      isPumping: false,
    };
    return opened;
  };
  const hangUp = (): void => {
    const hung = line;
    if (!hung) return;
    end(hung, 'you ended it');
    hung.bridge.close();
  };

  return {
    $state,
    hangUp,
    send(target, writes) {
      // The lab was exchanged for another: its connections are not of this table any more.
      if (line && line.target.raw !== target.raw) hangUp();
      line ??= open(target);
      line.queue.push(...writes);
      line.of += writes.length;
      show(line);
      void pump(line);
    },
  };
}

/** The connection of the lab that was opened with this Sec-WebSocket-Key, over the raw bridge. */
export const connectionOfKey = (connections: readonly Connection[], key: string): Connection | undefined =>
  connections.findLast(
    ({ path, request }) =>
      path === null && request !== undefined && fieldValues(request, 'Sec-WebSocket-Key')[0] === key,
  );

/** Resolves once so many bytes of the client are in the wire log, or the connection is over, or it takes too long. */
function seenOnWire(key: string, byteCount: number): Promise<void> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const connection = connectionOfKey($session.get().log.connections, key);
      return (
        connection !== undefined && (connection.end !== undefined || connection.client.byteCount >= byteCount)
      );
    };
    if (look()) {
      resolve();
      return;
    }
    const done = (): void => {
      clearTimeout(timer);
      unlisten();
      resolve();
    };
    const timer = setTimeout(done, longestWaitMs);
    const unlisten = $session.listen(() => {
      if (look()) done();
    });
  });
}
