import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { FeedTransport } from '../../src/contract/feed.ts';
import type { CrowdAnswer, CrowdOrder, CrowdResult } from './feed-crowd.ts';
import { benchScript, cpuOf, startServer } from './processes.ts';

/** What a crowd of labs heard, and what that took. */
export interface FeedLoad extends CrowdResult {
  /** Messages that each way should have delivered. */
  expected: number;
  seconds: number;
  serverCpuMicroseconds: number;
}

/** The next message of a process; it is an error that it ends without one. */
async function answerOf(crowd: ChildProcess): Promise<CrowdAnswer> {
  const ended = once(crowd, 'exit').then(() =>
    Promise.reject(new Error('the crowd ended before it answered')),
  );
  const [answer] = await Promise.race([once(crowd, 'message') as Promise<[CrowdAnswer]>, ended]);
  return answer;
}

/** Feeds so many labs over all four ways, each on a recorded link of its own and with a watcher of its wire log. */
export async function measureFeedLoad(order: Omit<CrowdOrder, 'port'>): Promise<FeedLoad> {
  const server = await startServer('crowd');
  const crowd = fork(benchScript('feed-crowd.ts'));
  try {
    const next = (): Promise<CrowdAnswer> => answerOf(crowd);
    crowd.send({ ...order, port: server.port } satisfies CrowdOrder);
    await next();
    const before = await cpuOf(server.child);
    const startedAt = performance.now();
    crowd.send('go');
    const result = await next();
    if (result === 'connected') throw new Error('the crowd did not say what it heard');
    return {
      ...result,
      expected: order.labs * order.messagesPerSecond * order.seconds,
      seconds: (performance.now() - startedAt) / 1000,
      serverCpuMicroseconds: (await cpuOf(server.child)) - before,
    };
  } finally {
    crowd.kill();
    server.child.disconnect();
  }
}

const names: Record<FeedTransport, string> = {
  poll: 'polling',
  longPoll: 'long polling',
  events: 'server-sent events',
  webSocket: 'WebSocket',
};

const ms = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms`;

/** Prints a line a way. */
export function printFeedLoad(order: Omit<CrowdOrder, 'port'>, load: FeedLoad): void {
  const { labs, messagesPerSecond, pollIntervalMs } = order;
  console.log(
    `\nFeed: ${String(labs)} labs at ${String(messagesPerSecond)} messages/s, each over all four ways ` +
      `(polling every ${String(pollIntervalMs)} ms) and with a watcher of its wire log, ${load.seconds.toFixed(1)} s`,
  );
  for (const [transport, name] of Object.entries(names)) {
    const { delivered, missed, doubled, latency } = load.heard[transport as FeedTransport];
    const isWhole = delivered === load.expected && missed + doubled === 0;
    console.log(
      `  ${name.padEnd(20)}${delivered.toLocaleString('en').padStart(8)} of ${load.expected.toLocaleString('en')} ` +
        `delivered, ${String(missed)} missed, ${String(doubled)} doubled; ` +
        `latency median ${ms(latency.median)}, p95 ${ms(latency.p95)}, max ${ms(latency.max)}  ` +
        (isWhole ? 'kept' : 'MISSED'),
    );
  }
  const { bytes, batches, gaps } = load.watched;
  console.log(
    `  ${'watchers'.padEnd(20)}${(bytes / 1e6).toFixed(1)} MB of wire events in ${batches.toLocaleString('en')} ` +
      `batches, ${String(gaps)} gaps  ${gaps === 0 ? 'kept' : 'MISSED'}`,
  );
  const cores = (cpuMicroseconds: number): string => (cpuMicroseconds / 1e6 / load.seconds).toFixed(2);
  console.log(
    `  ${'CPU'.padEnd(20)}server ${cores(load.serverCpuMicroseconds)} of a core, ` +
      `${(load.serverCpuMicroseconds / (load.expected * 4)).toFixed(0)} µs a delivery; ` +
      `listeners ${cores(load.cpuMicroseconds)} of a core`,
  );
}
