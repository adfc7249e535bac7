import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { parseKnownLab, wireSubprotocol, type LabStatus } from '../../src/contract/lab.ts';
import {
  parseWireEvents,
  parseWireLines,
  type BytesEvent,
  type Side,
  type WireEvent,
} from '../../src/contract/wire-event.ts';
import type { Sandbox } from '../../sandbox-server/sandbox.ts';
import { inTime } from './wait-for.ts';

/** A lab of a test. */
export interface TestLab {
  id: string;
  /** The path of something in it: `echo`, `echo?close=1000`. */
  path(part: string): string;
  /** Calls the API below the lab: `call('POST', 'cut', {…})`. */
  call(method: string, part?: string, body?: unknown): Promise<Response>;
  status(): Promise<LabStatus>;
  /** The log as it stands. */
  log(): Promise<WireEvent[]>;
  /** Follows the log on a wire channel until it holds what `isThere` looks for; answers all events. */
  logUntil(isThere: (events: readonly WireEvent[]) => boolean): Promise<WireEvent[]>;
}

/** Makes a lab. */
export async function openLab({ origin }: Pick<Sandbox, 'origin'>): Promise<TestLab> {
  const created = parseKnownLab(await (await fetch(`${origin}/labs`, { method: 'POST' })).json());
  if (!created.ok) throw new Error(`${created.field}: ${created.message}`);
  const { id } = created.value;
  const path = (part: string): string => `/labs/${id}/${part}`;
  const call = (method: string, part = '', body?: unknown): Promise<Response> =>
    fetch(`${origin}/labs/${id}${part === '' ? '' : `/${part}`}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
  return {
    id,
    path,
    call,
    status: async () => (await (await call('GET')).json()) as LabStatus,
    async log() {
      const events = parseWireLines(await (await call('GET', 'log')).text());
      if (!events.ok) throw new Error(`${events.field}: ${events.message}`);
      return events.value;
    },
    async logUntil(isThere) {
      const watcher = watch(origin, path('wire'));
      const reached = new Promise<void>((resolve) => {
        watcher.onEvents = () => {
          if (isThere(watcher.events)) resolve();
        };
      });
      try {
        await inTime('an event of the wire log', reached);
      } catch (error) {
        throw new Error(
          `${String(error)}; it held ${JSON.stringify(watcher.events.map(({ type }) => type))}`,
          {
            cause: error,
          },
        );
      } finally {
        watcher.socket.terminate();
      }
      return watcher.events;
    },
  };
}

/** One who follows a log. */
export interface TestWatcher {
  socket: WebSocket;
  /** Everything received so far. */
  events: WireEvent[];
  /** Called after each batch. */
  onEvents: () => void;
}

/** Follows a wire channel at this path, with its `since`; ends with the test. */
export function watch(origin: string, path: string): TestWatcher {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}${path}`, wireSubprotocol, {
    perMessageDeflate: false,
  });
  // One that is ended before it is open says so as an error.
  socket.on('error', () => undefined);
  onTestFinished(() => {
    socket.terminate();
  });
  const watcher: TestWatcher = { socket, events: [], onEvents: () => undefined };
  socket.on('message', (message: Buffer) => {
    const events = parseWireEvents(message.toString());
    if (!events.ok) throw new Error(`${events.field}: ${events.message}`);
    watcher.events.push(...events.value);
    watcher.onEvents();
  });
  return watcher;
}

/** The bytes that one side of a connection sent, as they entered the link. */
export const bytesOf = (events: readonly WireEvent[], from: Side, conn = 1): Buffer =>
  Buffer.concat(
    events
      .filter(
        (event): event is BytesEvent => event.type === 'bytes' && event.conn === conn && event.from === from,
      )
      .map(({ bytes }) => bytes),
  );
