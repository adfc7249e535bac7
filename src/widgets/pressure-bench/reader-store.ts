import { atom } from 'nanostores';
import { perfectLink } from '../../contract/conditions.ts';
import type { HeldFor, ReadersStatus, SlowBot, SlowPolicy } from '../../contract/readers.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { dismissReaders, makeSlowReaders, readersStatus } from '../../lab/readers-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { newMark } from '../bench/stream-mark.ts';
import type { Sample } from './send-store.ts';

/** A message for everybody so often, ms, of so many bytes for the bots, which do not read for so long, ms. */
export const flood = { everyMs: 20, size: 32_768, stallMs: 9000 } as const;
/** So often the server is asked, ms, and for so long a run is looked at. */
const askEveryMs = 200;
const longestMs = 30_000;
/** Whoever is no more messages behind has caught up. */
const caughtUp = 25;

/** One of the slow readers: what its server does for it, and what it has read. */
export interface SlowOne {
  slow: SlowPolicy;
  held: HeldFor | undefined;
  bot: SlowBot | undefined;
  /** Bytes that the server held for it, over time. */
  samples: readonly Sample[];
}

/** A run with slow readers. */
export interface ReaderRun {
  phase: 'running' | 'over';
  readers: readonly SlowOne[];
  /** What the page itself, which reads, was sent: messages, and the newest. */
  own: { messages: number; first: number; newest: number };
}

/** The run on the table, or the last one. */
export const $readerRun = atom<ReaderRun | undefined>(undefined);

let own: WebSocket | undefined;
let current = 0;

/** Opens a connection of the page's own and has bots open some that are not read. Throws what the lab's client throws. */
export async function runReaders(slow: readonly SlowPolicy[], labId: string, stream: string): Promise<void> {
  const mine = ++current;
  own?.close();
  await changeConditions(labId, perfectLink);
  const before = await readersStatus(labId);
  const lastConn = before.held.at(-1)?.conn ?? 0;
  const run: ReaderRun = {
    phase: 'running',
    readers: slow.map((policy) => ({ slow: policy, held: undefined, bot: undefined, samples: [] })),
    own: { messages: 0, first: 0, newest: 0 },
  };
  $readerRun.set(run);
  const socket = new WebSocket(
    socketAddress(`${stream}?every=${String(flood.everyMs)}&slow=drop&mark=${newMark()}`),
  );
  own = socket;
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    run.own.messages++;
    run.own.newest = Number.parseInt(String(data).slice('message '.length), 10);
    run.own.first ||= run.own.newest;
  };
  try {
    await opened(socket);
    await makeSlowReaders(labId, { slow: [...slow], ...flood });
    const began = performance.now();
    while (mine === current && performance.now() - began < longestMs && !isSettled(run)) {
      const status = await readersStatus(labId);
      note(run, status, lastConn, performance.now() - began);
      if (mine === current) $readerRun.set({ ...run });
      await after(askEveryMs);
    }
    if (mine === current) await dismissReaders(labId);
  } finally {
    socket.close();
    if (mine === current) $readerRun.set({ ...run, phase: 'over' });
  }
}

/** Looks at it no more, and lets go of the page's own connection. */
export function dropReaders(): void {
  current++;
  own?.close();
  const run = $readerRun.get();
  if (run) $readerRun.set({ ...run, phase: 'over' });
}

const isNewer = (lastConn: number) => (one: HeldFor) => one.conn > lastConn;

function note(run: ReaderRun, { held, bots }: ReadersStatus, lastConn: number, elapsed: number): void {
  // The first of them is the page itself.
  const [, ...clients] = held.filter(isNewer(lastConn));
  run.readers = run.readers.map(({ slow, samples }) => {
    const its = clients.find((one) => one.slow === slow);
    return {
      slow,
      held: its,
      bot: bots.find((one) => one.slow === slow),
      samples:
        its?.isOpen === false && samples.at(-1)?.bytes === 0
          ? samples
          : [...samples, { seconds: elapsed / 1000, bytes: its?.bufferedBytes ?? 0 }],
    };
  });
}

/** All have read what there is for them, or are gone. */
const isSettled = ({ readers, own: { newest } }: ReaderRun): boolean =>
  readers.every(
    ({ bot, held }) =>
      bot?.phase === 'ended' ||
      (bot?.phase === 'reading' && held?.isOpen === true && newest - bot.newest < caughtUp),
  );

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.onopen = () => {
      resolve();
    };
    socket.onclose = () => {
      reject(
        new Error('The page’s own connection to the stream could not be opened: is the sandbox running?'),
      );
    };
  });
}

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
