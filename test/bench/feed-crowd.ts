import {
  feedTransports,
  type FeedSettings,
  type FeedState,
  type FeedTransport,
} from '../../src/contract/feed.ts';
import { listen, type Heard, type LabListeners, type Watched } from './feed-listener.ts';

/** What this process is told to do. */
export interface CrowdOrder {
  port: number;
  labs: number;
  messagesPerSecond: number;
  seconds: number;
  pollIntervalMs: number;
}

/** What it answers: that all are connected, and, when it has been told to go, what they heard. */
export type CrowdAnswer = 'connected' | CrowdResult;

/** What all listeners of one kind heard. */
export interface HeardByAll extends Omit<Heard, 'latencies'> {
  /** From birth to the listener, ms. */
  latency: { median: number; p95: number; max: number };
}

/** What the listeners of all labs heard. */
export interface CrowdResult {
  heard: Record<FeedTransport, HeardByAll>;
  watched: Watched;
  cpuMicroseconds: number;
}

/** The listeners of all labs, in a process of their own: what it costs to listen is not the server's. */
process.once('message', (order: CrowdOrder) => {
  void run(order);
});

async function run({ port, labs, messagesPerSecond, seconds, pollIntervalMs }: CrowdOrder): Promise<void> {
  const origin = `http://127.0.0.1:${String(port)}`;
  const lastId = messagesPerSecond * seconds;
  const crowd: LabListeners[] = [];
  const ids: string[] = [];
  for (let number = 0; number < labs; number++) {
    const { id } = (await call('POST', `${origin}/labs`)) as { id: string };
    // A run that is silent: everybody shall be there when the one that counts begins.
    await begin(origin, id, { messagesPerSecond: 0.01, count: 1 });
    ids.push(id);
    crowd.push(
      await listen({ origin, lab: id, lastId, pollIntervalMs, serverTime: await readServerTime(origin, id) }),
    );
  }
  process.send?.('connected' satisfies CrowdAnswer);
  await new Promise((resolve) => process.once('message', resolve));
  const cpuBefore = process.cpuUsage();
  for (const [number, listeners] of crowd.entries()) {
    const settings = { messagesPerSecond, burstiness: 0.3, count: lastId, seed: number };
    await begin(origin, ids[number] ?? '', settings);
    listeners.beginPolling();
  }
  await Promise.all(crowd.map(({ done }) => done));
  const { user, system } = process.cpuUsage(cpuBefore);
  const result: CrowdResult = { ...sumOf(crowd), cpuMicroseconds: user + system };
  for (const listeners of crowd) listeners.close();
  process.send?.(result satisfies CrowdAnswer, () => {
    process.exit(0);
  });
}

async function call(method: string, url: string, body?: object): Promise<unknown> {
  const response = await fetch(url, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${url}: ${await response.text()}`);
  return response.json();
}

const begin = (origin: string, lab: string, settings: Partial<FeedSettings>): Promise<unknown> =>
  call('PUT', `${origin}/labs/${lab}/feed/settings`, settings);

/** The server's clock, by the quickest of a few answers: right to half of its round trip. */
async function readServerTime(origin: string, lab: string): Promise<(moment: number) => number> {
  let best = { roundTripMs: Number.POSITIVE_INFINITY, offset: 0 };
  for (let turn = 0; turn < 5; turn++) {
    const askedAt = performance.now();
    const { now } = (await call('GET', `${origin}/labs/${lab}/feed/settings`)) as FeedState;
    const answeredAt = performance.now();
    const roundTripMs = answeredAt - askedAt;
    if (roundTripMs < best.roundTripMs) best = { roundTripMs, offset: now - (askedAt + answeredAt) / 2 };
  }
  return (moment) => moment + best.offset;
}

function sumOf(crowd: readonly LabListeners[]): Pick<CrowdResult, 'heard' | 'watched'> {
  const watched: Watched = { bytes: 0, batches: 0, gaps: 0 };
  for (const listeners of crowd) {
    watched.bytes += listeners.watched.bytes;
    watched.batches += listeners.watched.batches;
    watched.gaps += listeners.watched.gaps;
  }
  const heard = Object.fromEntries(
    feedTransports.map((transport) => [transport, heardBy(crowd.map((each) => each.heard[transport]))]),
  ) as Record<FeedTransport, HeardByAll>;
  return { heard, watched };
}

function heardBy(all: readonly Heard[]): HeardByAll {
  const sum = (of: (heard: Heard) => number): number => all.reduce((before, heard) => before + of(heard), 0);
  const sorted = all.flatMap(({ latencies }) => latencies).sort((one, other) => one - other);
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
  return {
    delivered: sum(({ delivered }) => delivered),
    missed: sum(({ missed }) => missed),
    doubled: sum(({ doubled }) => doubled),
    latency: { median: at(0.5), p95: at(0.95), max: at(1) },
  };
}
