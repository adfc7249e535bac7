import { atom } from 'nanostores';
import { witnessEvents, type EventSourceWitness } from '../../lab/event-source-witness.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { createEchoSocket } from '../bench/echo-socket.ts';
import { newMark } from '../bench/stream-mark.ts';

/** How many event streams are opened at once: two more than the limit that browsers are said to have. */
export const crowdSize = 8;

/** After so long all of them are closed: while they are open, the page can fetch nothing else from its server. Seconds. */
const patienceSeconds = 60;

/** One of many event streams of the page. */
export interface CrowdStream {
  /** 1, 2, 3 … */
  index: number;
  mark: string;
  witness: EventSourceWitness;
}

/** A request that the page makes while the streams are open. Times are the page's own, ms. */
export interface Asking {
  askedAt: number;
  answeredAt: number | undefined;
  /** The status, or what became of it. */
  outcome: string;
}

/** The streams of the crowd; closed ones stay until the next crowd. */
export const $crowd = atom<readonly CrowdStream[]>([]);
/** When the crowd will be closed, by `performance.now()`. */
export const $closesAt = atom<number | undefined>(undefined);
export const $asking = atom<Asking | undefined>(undefined);

/** The WebSocket that is opened beside the crowd. */
export const crowdSocket = createEchoSocket();

let timer: ReturnType<typeof setTimeout> | undefined;
let stopAsking = new AbortController();

/** Opens so many event streams at once; those of a crowd before are closed first. */
export function openCrowd(path: string): void {
  closeCrowd();
  const crowd = newMark();
  $asking.set(undefined);
  $crowd.set([]);
  for (let index = 1; index <= crowdSize; index++) {
    const mark = `${crowd}-${String(index)}`;
    witnessEvents(new URL(`${path}?mark=${mark}`, sandboxOrigin()).href, (witness) => {
      const others = $crowd.get().filter((stream) => stream.mark !== mark);
      if (witness.testimonies.length > 1 && others.length === $crowd.get().length) return;
      $crowd.set([...others, { index, mark, witness }].sort((one, other) => one.index - other.index));
    });
  }
  $closesAt.set(performance.now() + patienceSeconds * 1000);
  timer = setTimeout(closeCrowd, patienceSeconds * 1000);
  // A way to another page would have to wait for a connection too, and the page is told of it only then.
  addEventListener('beforeunload', closeCrowd);
  addEventListener('pagehide', closeCrowd);
}

/** Closes one stream of the crowd. */
export function closeOne(mark: string): void {
  $crowd
    .get()
    .find((stream) => stream.mark === mark)
    ?.witness.close();
  if ($crowd.get().every(isClosed)) stopWatching();
}

/** Closes all that the crowd has opened. */
export function closeCrowd(): void {
  for (const { witness } of $crowd.get()) witness.close();
  crowdSocket.disconnect();
  stopAsking.abort();
  stopWatching();
}

function stopWatching(): void {
  clearTimeout(timer);
  $closesAt.set(undefined);
  removeEventListener('beforeunload', closeCrowd);
  removeEventListener('pagehide', closeCrowd);
}

/** Whether a stream will not come back. */
export const isClosed = ({ witness }: CrowdStream): boolean =>
  witness.source.readyState === EventSource.CLOSED;

/** Asks the server for something small, as any page does, and takes the time. */
export async function askMeanwhile(path: string): Promise<void> {
  stopAsking.abort();
  stopAsking = new AbortController();
  const { signal } = stopAsking;
  const askedAt = performance.now();
  const note = (outcome: string, answeredAt?: number): void => {
    if ($asking.get()?.askedAt === askedAt) $asking.set({ askedAt, answeredAt, outcome });
  };
  $asking.set({ askedAt, answeredAt: undefined, outcome: 'waiting' });
  try {
    const response = await fetch(new URL(path, sandboxOrigin()), { signal });
    await response.text();
    note(`answered ${String(response.status)}`, performance.now());
  } catch {
    note(signal.aborted ? 'called off' : 'failed', performance.now());
  }
}
