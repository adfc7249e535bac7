import { sendAndHope } from '../../../lessons/samples/send-and-hope.js';
import { ResilientSocket } from '../../resilient-socket/resilient-socket.ts';
import type { SendWay } from './send-ways.ts';

/** A message is made so often, ms: more than the thin link takes. */
export const makeEveryMs = 10;
/** Bytes of each, about. The stream takes 16 KiB. */
export const messageBytes = 15_000;

/** What became of the messages so far. */
export interface SendTally {
  made: number;
  /** Given to `send()` of the socket, and their bytes. */
  handed: number;
  handedBytes: number;
  waiting: number;
  replaced: number;
  refused: number;
}

/** A page that makes messages and sends them in one way. */
export interface Sender {
  /** The socket, as the browser made it. */
  readonly socket: WebSocket;
  readonly tally: SendTally;
  /** Makes no more; what waits is still sent. */
  rest(): void;
  /** Lets go of it. */
  close(): void;
}

/** Connects, and makes messages as soon as that is open. */
export function startSender(address: string, { options, newestOnly }: SendWay): Sender {
  const tally = { made: 0, handed: 0, handedBytes: 0, waiting: 0, replaced: 0, refused: 0 };
  const pad = '.'.repeat(messageBytes);
  const nextValue = (): { n: number; pad: string } => ({ n: ++tally.made, pad });
  const counting = (data: string): void => {
    tally.handed++;
    tally.handedBytes += data.length;
  };
  return options === undefined
    ? hope(address, tally, nextValue, counting)
    : resilient(
        new ResilientSocket(address, { ...options, WebSocket: countingSockets(counting) }),
        address,
        newestOnly,
        tally,
        nextValue,
      );
}

/** The class of this browser's sockets, with an eye on what is sent; it keeps the last that was made. */
function countingSockets(counting: (data: string) => void): typeof WebSocket {
  return class extends WebSocket {
    constructor(address: string | URL, subprotocols?: string | string[]) {
      super(address, subprotocols);
      made.set(String(address), this);
    }

    override send(data: string): void {
      super.send(data);
      counting(data);
    }
  };
}

/** The sockets by their address, which each run has for itself. */
const made = new Map<string, WebSocket>();

function hope(
  address: string,
  tally: SendTally,
  nextValue: () => unknown,
  counting: (data: string) => void,
): Sender {
  const socket = new (countingSockets(counting))(address);
  made.delete(address);
  const rest = sendAndHope(socket, nextValue, makeEveryMs);
  return {
    socket,
    tally,
    rest,
    close() {
      rest();
      socket.close();
    },
  };
}

function resilient(
  client: ResilientSocket,
  address: string,
  newestOnly: boolean,
  tally: SendTally,
  nextValue: () => unknown,
): Sender {
  const socket = made.get(address);
  made.delete(address);
  if (!socket) throw new Error('the resilient socket has made no WebSocket');
  client.on('dropped', () => {
    tally.replaced++;
  });
  let timer: ReturnType<typeof setInterval> | undefined;
  client.on('open', () => {
    timer = setInterval(() => {
      const value = JSON.stringify(nextValue());
      if (client.send(value, newestOnly ? 'value' : undefined).result === 'refused') tally.refused++;
    }, makeEveryMs);
  });
  const rest = (): void => {
    clearInterval(timer);
  };
  client.on('end', rest);
  return {
    socket,
    get tally() {
      return { ...tally, waiting: client.pending.waiting };
    },
    rest,
    close() {
      rest();
      client.close();
    },
  };
}
