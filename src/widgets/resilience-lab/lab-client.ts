import { messageText, type Belief } from '../../derive/belief.ts';
import type { State } from '../../resilient-socket/events.ts';
import { ResilientSocket } from '../../resilient-socket/resilient-socket.ts';
import { foundClient } from '../seed-frame/found-client.ts';
import { isFoundName } from '../seed-frame/found-names.ts';
import { optionsOf } from './parts.ts';
import { isBare, type LabSettings } from './settings.ts';

/** What a program that keeps a connection to the stream is asked for; another kind of client has the same. */
export interface LabClient {
  /** Sends message `number`: 1, 2, 3 … */
  send(number: number): void;
  /** Messages that wait, or that are not acknowledged. */
  readonly pendingCount: number;
  readonly state: State;
  /** Ends it for good. */
  close(): void;
}

/** What a client tells, without the time. */
export type Told = Belief extends infer One ? (One extends Belief ? Omit<One, 'at'> : never) : never;

/** What makes a client: for the run of that mark; `tell` hears all that its script does and is told. */
export type ClientMaker = (addresses: Addresses, mark: string, tell: (told: Told) => void) => LabClient;

/** Where the stream is. */
export interface Addresses {
  /** With the token that was good when the run began, where one is needed. */
  first: string;
  /** With a fresh one. */
  fresh: () => Promise<string>;
}

/** The client that goes with settings: a bare WebSocket where every part is off. */
export const clientOf =
  (settings: LabSettings): ClientMaker =>
  (addresses, mark, tell) =>
    isFoundName(settings.found)
      ? foundClient(settings.found, addresses.first, mark, tell)
      : isBare(settings)
        ? bareClient(addresses, mark, tell)
        : resilientClient(settings, addresses, mark, tell);

/** A WebSocket as the browser has it, and nothing around it. */
const bareClient: ClientMaker = ({ first }, mark, tell) => {
  tell({ what: 'connecting' });
  const socket = new WebSocket(first);
  socket.onopen = () => {
    tell({ what: 'open' });
  };
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    tell({ what: 'applied', data: String(data) });
  };
  socket.onclose = ({ code, reason, wasClean }) => {
    tell({ what: 'end', code, reason, wasClean });
    tell({ what: 'final', why: 'nobody brings it back' });
  };
  return {
    send(number) {
      try {
        socket.send(messageText(mark, number));
        // On a socket that is closed it returns as well.
        tell({ what: 'sent', number });
      } catch (error) {
        tell({ what: 'refused', number, why: error instanceof Error ? error.name : String(error) });
      }
    },
    pendingCount: 0,
    get state() {
      if (socket.readyState === WebSocket.OPEN) return 'open';
      return socket.readyState === WebSocket.CONNECTING ? 'connecting' : 'closed';
    },
    close() {
      socket.close(1000);
    },
  };
};

/** The client of src/resilient-socket. Throws `RangeError` for a parameter that makes no sense. */
function resilientClient(
  settings: LabSettings,
  { first, fresh }: Addresses,
  mark: string,
  tell: (told: Told) => void,
): LabClient {
  const renewed = async (): Promise<string> => {
    const address = await fresh();
    tell({ what: 'renewed' });
    return address;
  };
  const socket = new ResilientSocket(settings.renew.isOn ? renewed : first, optionsOf(settings));
  /** Those that wait, in order: which of them are handed over only their count tells. */
  let waiting: number[] = [];
  const look = (): void => {
    const handedOver = waiting.splice(0, Math.max(0, waiting.length - socket.pending.waiting));
    for (const number of handedOver) tell({ what: 'handed over', number });
  };
  // It begins to connect when it is made.
  tell({ what: 'connecting' });
  socket.on('state', ({ state }) => {
    if (state === 'connecting') tell({ what: 'connecting' });
  });
  socket.on('open', () => {
    tell({ what: 'open' });
    // What waits is handed over right after this.
    queueMicrotask(look);
  });
  socket.on('message', ({ data }) => {
    tell({ what: 'applied', data: String(data) });
  });
  socket.on('snapshot', ({ data }) => {
    tell({ what: 'snapshot', data });
  });
  socket.on('duplicate', ({ offset }) => {
    tell({ what: 'passed over', offset });
  });
  socket.on('acknowledged', ({ number }) => {
    look();
    tell({ what: 'acknowledged', number });
  });
  socket.on('dropped', ({ number, why }) => {
    waiting = waiting.filter((one) => one !== number);
    tell({ what: 'dropped', number, why });
  });
  socket.on('beat', ({ roundTripMs }) => {
    tell({ what: 'beat', roundTripMs });
  });
  socket.on('dead', () => {
    tell({ what: 'dead' });
  });
  socket.on('end', (end) => {
    tell({ what: 'end', code: end.code, reason: end.reason, wasClean: end.wasClean });
  });
  socket.on('retry', ({ attempt, delayMs }) => {
    tell({ what: 'retry', attempt, delayMs });
  });
  socket.on('final', ({ why }) => {
    tell({ what: 'final', why });
  });
  return {
    send(number) {
      const { result } = socket.send(messageText(mark, number));
      if (result === 'queued') waiting.push(number);
      if (result === 'refused') tell({ what: 'refused', number, why: 'not open, or the queue is full' });
      else tell({ what: result, number });
      look();
    },
    get pendingCount() {
      const { waiting: inQueue, unacknowledged } = socket.pending;
      return inQueue + unacknowledged;
    },
    get state() {
      return socket.state;
    },
    close() {
      look();
      socket.close();
    },
  };
}
