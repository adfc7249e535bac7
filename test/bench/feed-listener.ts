import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { feedTransports, type FeedMessage, type FeedTransport } from '../../src/contract/feed.ts';
import { wireSubprotocol } from '../../src/contract/lab.ts';

/** What was heard one way. */
export interface Heard {
  delivered: number;
  /** Ids that never came, and ones that came again. */
  missed: number;
  doubled: number;
  /** From birth to here, ms. */
  latencies: number[];
}

/** What a watcher of the wire log got. */
export interface Watched {
  bytes: number;
  batches: number;
  /** Batches that told of a gap. */
  gaps: number;
}

/** Those who listen to the feed of one lab in every way, and one who watches its wire log. */
export interface LabListeners {
  /** Asks over and over, from here on. */
  beginPolling(): void;
  /** When every way has heard the last message. */
  readonly done: Promise<void>;
  readonly heard: Record<FeedTransport, Heard>;
  readonly watched: Watched;
  close(): void;
}

/** What they need to know. */
export interface ListenerOptions {
  origin: string;
  lab: string;
  /** Of the last message. */
  lastId: number;
  pollIntervalMs: number;
  /** Between two clocks: ms since 1970 by the server's, at a moment of this process's `performance.now()`. */
  serverTime: (moment: number) => number;
}

/** Opens the streams of one lab, and its watcher. */
export async function listen(options: ListenerOptions): Promise<LabListeners> {
  const { origin, lab } = options;
  const ears = feedTransports.map((transport) => [transport, createEar(options)] as const);
  const earOf = Object.fromEntries(ears) as Record<FeedTransport, Ear>;
  const path = `${origin}/labs/${lab}`;
  const agents = { poll: oneConnection(), longPoll: oneConnection() };
  const watched: Watched = { bytes: 0, batches: 0, gaps: 0 };

  const watcher = openSocket(`${path}/wire`, wireSubprotocol);
  watcher.on('message', (batch: Buffer) => {
    watched.bytes += batch.length;
    watched.batches++;
    if (batch.includes('"type":"gap"')) watched.gaps++;
  });
  const socket = openSocket(`${path}/feed`);
  socket.on('message', (message: Buffer) => {
    earOf.webSocket.hear(message.toString());
  });
  const request = get(`${path}/feed/events`, { agent: false });
  const [[events]] = (await Promise.all([
    once(request, 'response'),
    once(watcher, 'open'),
    once(socket, 'open'),
  ])) as unknown as [[IncomingMessage]];
  readEvents(events, (data) => {
    earOf.events.hear(data);
  });
  return {
    beginPolling() {
      void keepPolling(`${path}/feed/poll`, agents.poll, earOf.poll, options.pollIntervalMs);
      void keepPolling(`${path}/feed/long-poll`, agents.longPoll, earOf.longPoll, 0);
    },
    done: Promise.all(ears.map(([, ear]) => ear.done)).then(() => undefined),
    heard: Object.fromEntries(ears.map(([transport, ear]) => [transport, ear.heard])) as Record<
      FeedTransport,
      Heard
    >,
    watched,
    close() {
      watcher.terminate();
      socket.terminate();
      request.destroy();
      agents.poll.destroy();
      agents.longPoll.destroy();
    },
  };
}

/** One way to hear, and its count. */
interface Ear {
  readonly heard: Heard;
  readonly done: Promise<void>;
  readonly lastId: number;
  readonly isDone: boolean;
  hear(message: string | FeedMessage): void;
}

function createEar({ lastId: last, serverTime }: ListenerOptions): Ear {
  const heard: Heard = { delivered: 0, missed: 0, doubled: 0, latencies: [] };
  let lastId = 0;
  let finish: () => void;
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  return {
    heard,
    done,
    get lastId() {
      return lastId;
    },
    get isDone() {
      return lastId >= last;
    },
    hear(message) {
      const now = serverTime(performance.now());
      const { id, bornAt } = typeof message === 'string' ? (JSON.parse(message) as FeedMessage) : message;
      heard.delivered++;
      heard.latencies.push(now - bornAt);
      if (id <= lastId) heard.doubled++;
      else heard.missed += id - lastId - 1;
      lastId = Math.max(lastId, id);
      if (lastId === last) finish();
    },
  };
}

/** Where one request follows the other on the same connection. */
const oneConnection = (): Agent => new Agent({ keepAlive: true, maxSockets: 1 });

function openSocket(address: string, subprotocol?: string): WebSocket {
  const socket = new WebSocket(address.replace(/^http/, 'ws'), subprotocol ?? [], {
    perMessageDeflate: false,
  });
  socket.on('error', (error) => {
    console.error(address, error.message);
  });
  return socket;
}

/** Hands over the data of each event of a stream that has some. */
function readEvents(stream: IncomingMessage, hear: (data: string) => void): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (part: string) => {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: {"id"')) hear(line.slice('data: '.length));
    }
  });
}

/** Asks again as long as there is something to hear; with no interval, at once after each answer. */
async function keepPolling(url: string, agent: Agent, ear: Ear, intervalMs: number): Promise<void> {
  let nextAt = performance.now() + Math.random() * intervalMs;
  while (!ear.isDone) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextAt - performance.now())));
    const asking = get(`${url}?since=${String(ear.lastId)}`, { agent });
    const [response] = (await once(asking, 'response')) as [IncomingMessage];
    const body = await text(response);
    if (response.statusCode !== 200) throw new Error(`${String(response.statusCode)}: ${body}`);
    for (const message of (JSON.parse(body) as { messages: FeedMessage[] }).messages) ear.hear(message);
    nextAt += intervalMs;
  }
}
