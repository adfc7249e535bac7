import { atom } from 'nanostores';
import { perfectLink } from '../../contract/conditions.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { readersStatus } from '../../lab/readers-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { newMark } from '../bench/stream-mark.ts';

/** A browser that has it; no standard has it, so TypeScript does not know it. */
interface WebSocketStream {
  readonly opened: Promise<{ readable: ReadableStream<unknown> }>;
  close(): void;
}
type WebSocketStreamMaker = new (address: string) => WebSocketStream;

/** The constructor, where this browser has it. */
export function webSocketStream(): WebSocketStreamMaker | undefined {
  const maker = (globalThis as { WebSocketStream?: unknown }).WebSocketStream;
  return typeof maker === 'function' ? (maker as WebSocketStreamMaker) : undefined;
}

/** A message of so many bytes comes so often, ms; the page takes so long for each, ms; all of that for so long, ms. */
export const pace = { everyMs: 20, size: 65_536, workMs: 250, runMs: 8000 } as const;
const askEveryMs = 200;

/** What became of the messages of one API. */
export interface ApiTally {
  /** The browser has handed them to the page. */
  delivered: number;
  /** The page is done with them. */
  done: number;
  /** The server has sent them, and has dropped them since the way was full. */
  sent: number;
  dropped: number;
  /** Bytes that the server holds. */
  heldBytes: number;
}

/** A run with both. */
export interface ApiRun {
  phase: 'running' | 'over';
  socket: ApiTally;
  stream: ApiTally | undefined;
}

/** The run on the table, or the last one. */
export const $apiRun = atom<ApiRun | undefined>(undefined);

const emptyTally = (): ApiTally => ({ delivered: 0, done: 0, sent: 0, dropped: 0, heldBytes: 0 });

let current = 0;
let letGo: (() => void)[] = [];

/** Reads the same stream by both, slowly. Throws what the lab's client throws. */
export async function runBoth(labId: string, stream: string): Promise<void> {
  dropApi();
  const mine = ++current;
  await changeConditions(labId, perfectLink);
  const { held } = await readersStatus(labId);
  const lastConn = held.at(-1)?.conn ?? 0;
  const maker = webSocketStream();
  const run: ApiRun = {
    phase: 'running',
    socket: emptyTally(),
    stream: maker ? emptyTally() : undefined,
  };
  $apiRun.set(run);
  const address = (): string =>
    socketAddress(
      `${stream}?slow=drop&every=${String(pace.everyMs)}&size=${String(pace.size)}&mark=${newMark()}`,
    );
  try {
    await readBySocket(address(), run.socket);
    if (maker && run.stream) await readByStream(new maker(address()), run.stream);
    await lookOn(run, labId, lastConn, () => mine === current);
  } finally {
    if (mine === current) dropApi();
  }
}

/** Asks the server what it holds for both, for as long as the run goes on. */
async function lookOn(run: ApiRun, labId: string, lastConn: number, isCurrent: () => boolean): Promise<void> {
  const began = performance.now();
  while (isCurrent() && performance.now() - began < pace.runMs) {
    await after(askEveryMs);
    const clients = (await readersStatus(labId)).held.filter(({ conn }) => conn > lastConn);
    for (const [index, tally] of [run.socket, run.stream].entries()) {
      const its = clients[index];
      if (tally && its)
        Object.assign(tally, { sent: its.sent, dropped: its.dropped, heldBytes: its.bufferedBytes });
    }
    if (isCurrent()) $apiRun.set({ ...run });
  }
}

/** Lets go of both connections. */
export function dropApi(): void {
  current++;
  for (const go of letGo) go();
  letGo = [];
  const run = $apiRun.get();
  if (run) $apiRun.set({ ...run, phase: 'over' });
}

/** Takes what comes, when it comes: there is nothing else to do. */
async function readBySocket(address: string, tally: ApiTally): Promise<void> {
  const socket = new WebSocket(address);
  const waiting: unknown[] = [];
  socket.onmessage = ({ data }) => {
    tally.delivered++;
    waiting.push(data);
  };
  const work = setInterval(() => {
    if (waiting.shift() !== undefined) tally.done++;
  }, pace.workMs);
  letGo.push(() => {
    clearInterval(work);
    waiting.length = 0;
    socket.close();
  });
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => {
      resolve();
    };
    socket.onclose = () => {
      reject(new Error('The stream could not be opened: is the sandbox running?'));
    };
  });
}

/** Asks for the next message when it is done with the last one. */
async function readByStream(stream: WebSocketStream, tally: ApiTally): Promise<void> {
  let isOver = false;
  letGo.push(() => {
    isOver = true;
    stream.close();
  });
  const { readable } = await stream.opened;
  const reader = readable.getReader();
  const readOn = async (): Promise<void> => {
    while (!isOver) {
      const { done } = await reader.read();
      if (done) return;
      tally.delivered++;
      await after(pace.workMs);
      tally.done++;
    }
  };
  // It ends with its connection, by an error or not.
  void readOn().catch(() => undefined);
}

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
