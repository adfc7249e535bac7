import { atom } from 'nanostores';
import { parsePollAnswer } from '../../contract/feed.ts';
import type { ServicePaths } from '../../contract/lab.ts';
import { sandboxOrigin, socketAddress } from '../../lab/sandbox-origin.ts';
import { calmFeed } from '../bench/calm-feed.ts';
import { newMark } from '../bench/stream-mark.ts';

/** How many polls a run makes, and how far apart they are; ms. */
export const pollCount = 5;
export const pollEveryMs = 1000;

/** How a run is made. */
export interface RunOptions {
  /** The server keeps the connection after an answer. */
  keepAlive: boolean;
  /** On the WebSocket the server pushes the feed, or both sides speak (echo). */
  speaks: 'server' | 'both';
}

/** One run: the same stretch of time, with polls and with a WebSocket. */
export interface Run extends RunOptions {
  /** Tells its requests from all others in the wire log. */
  mark: string;
  stage: 'running' | 'done' | 'failed';
  /** Why it failed, and what to do. */
  trouble: string;
}

/** How many runs are remembered. */
const mostRuns = 4;

/** The runs of this page, the newest last. */
export const $runs = atom<readonly Run[]>([]);

let stop = new AbortController();

/** Ends the run that is under way. */
export function stopRun(): void {
  stop.abort();
}

/** Polls five times and listens on a WebSocket meanwhile. One run at a time; one under way is stopped. */
export async function runBoth(labId: string, services: ServicePaths, options: RunOptions): Promise<void> {
  stop.abort();
  stop = new AbortController();
  const { signal } = stop;
  const mark = newMark();
  const change = (changed: Partial<Run>): void => {
    $runs.set($runs.get().map((run) => (run.mark === mark ? { ...run, ...changed } : run)));
  };
  const others = $runs.get().slice(1 - mostRuns);
  $runs.set([...others, { ...options, mark, stage: 'running', trouble: '' }]);
  let socket: WebSocket | undefined;
  try {
    await calmFeed(labId);
    const path = options.speaks === 'server' ? services['feed'] : services['echo'];
    const query = `mark=${mark}`;
    socket = new WebSocket(socketAddress(`${path ?? ''}?${query}`));
    await opened(socket, signal);
    await pollAndTalk(services['feed/poll'] ?? '', query, options, socket, signal);
    change({ stage: 'done' });
  } catch (error) {
    const trouble = signal.aborted
      ? 'This run was stopped.'
      : `It broke off: ${error instanceof Error ? error.message : String(error)} Run it again.`;
    change({ stage: 'failed', trouble });
  } finally {
    socket?.close();
  }
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      reject(new Error('the WebSocket did not open.'));
    };
    socket.addEventListener('open', () => {
      resolve();
    });
    socket.addEventListener('close', fail);
    signal.addEventListener('abort', fail);
  });
}

/** Asks, waits, asks again; each answer names where the next one begins. */
async function pollAndTalk(
  path: string,
  query: string,
  { keepAlive, speaks }: RunOptions,
  socket: WebSocket,
  signal: AbortSignal,
): Promise<void> {
  let since: number | undefined;
  for (let asked = 1; asked <= pollCount; asked++) {
    const address = new URL(
      `${path}?${query}${since === undefined ? '' : `&since=${String(since)}`}${keepAlive ? '' : '&connection=close'}`,
      sandboxOrigin(),
    );
    const response = await fetch(address, { signal });
    const answer = parsePollAnswer(await response.json());
    if (!answer.ok) throw new Error(`the poll was answered ${String(response.status)}.`);
    since = answer.value.next;
    if (speaks === 'both') socket.send(`message ${String(asked)} of the page`);
    await pause(pollEveryMs, signal);
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('stopped'));
    });
  });
}
