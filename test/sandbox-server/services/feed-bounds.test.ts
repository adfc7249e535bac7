import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox-server/sandbox.ts';
import {
  beginFeed,
  feedStateOf,
  feedUntil,
  fillFeed,
  idsIn,
  idsInEvents,
  pollFeed,
  upTo,
} from '../../support/feed-lab.ts';
import { openLab, type TestLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest, type RawClient } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs } from '../../support/ws-client.ts';

/** 48 MB: more than the kernel takes for a client that does not read. */
const flood = { messagesPerSecond: 1000, payloadBytes: 16_384, count: 3000 };

const requestFor = (sandbox: Sandbox, path: string): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`;

/** A client that asks, and reads nothing of what comes back until it resumes. */
async function deafClient(sandbox: Sandbox, request: string): Promise<RawClient> {
  const client = await connectRaw(sandbox);
  client.socket.pause();
  client.send(request);
  return client;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** Listens in every way; answers the ids that each hears until each has heard the last. */
async function hearAll(sandbox: Sandbox, lab: TestLab, last: number): Promise<number[][]> {
  const events = await connectRaw(sandbox);
  events.send(requestFor(sandbox, lab.path('feed/events?since=0')));
  const { next } = await connectWs(sandbox, lab.path('feed?since=0'));
  const bySocket = async (): Promise<number[]> => {
    const ids: number[] = [];
    while (ids.at(-1) !== last) ids.push((JSON.parse(await next()) as { id: number }).id);
    return ids;
  };
  const byPoll = async (part: string): Promise<number[]> => {
    const ids: number[] = [];
    while (ids.at(-1) !== last) {
      ids.push(...idsIn(await pollFeed(lab, `${part}?since=${String(ids.at(-1) ?? 0)}`)));
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return ids;
  };
  const byEvents = async (): Promise<number[]> =>
    idsInEvents(await events.until(`data: {"id":${String(last)},`));
  return Promise.all([bySocket(), byPoll('poll'), byPoll('long-poll'), byEvents()]);
}

describe('A listener that never reads', () => {
  it.each(['events', 'webSocket'] as const)(
    'gets no more over %s than its buffer holds; then it goes on, and hears what it has missed',
    async (transport) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const client = await deafClient(
        sandbox,
        transport === 'events'
          ? requestFor(sandbox, lab.path('feed/events'))
          : openingRequest(lab.path('feed'), hostOf(sandbox)),
      );
      await feedUntil(lab, 'the listener', ({ transports }) => transports[transport].open === 1);
      await fillFeed(lab, flood.count, flood);
      const { transports } = await feedStateOf(lab);
      expect(transports[transport].messages).toBeLessThan(flood.count / 2);

      client.socket.resume();
      await client.until(`{"id":${String(flood.count)},`);
      const text = client.received.toString('latin1');
      const ids = [...text.matchAll(/\{"id":(\d+),/g)].map(([, id]) => Number(id));
      expect(ids).toEqual(ids.toSorted((one, other) => one - other));
      expect(new Set(ids).size).toBe(ids.length);
      const missed = flood.count - ids.length;
      expect(missed).toBeGreaterThan(flood.count / 2);
      expect((await feedStateOf(lab)).transports[transport]).toMatchObject({ messages: ids.length, missed });
      const told = [...text.matchAll(/event: missed\ndata: \{"missed":(\d+)\}/g)];
      const sum = told.reduce((before, [, each]) => before + Number(each), 0);
      expect(sum).toBe(transport === 'events' ? missed : 0);
    },
  );
});

describe('A poller that asks a thousand times a second', () => {
  it('is told to wait beyond the bound, on the connection that it has', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const other = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    const asked = 1000;
    client.send(requestFor(sandbox, lab.path('feed/poll')).repeat(asked));
    await waitFor('all answers', () =>
      count(client.received.toString('latin1'), 'HTTP/1.1 ') === asked ? true : undefined,
    );
    const text = client.received.toString('latin1');
    const answered = count(text, 'HTTP/1.1 200 OK');
    expect(answered).toBeGreaterThanOrEqual(100);
    expect(count(text, 'HTTP/1.1 429 Too Many Requests')).toBe(asked - answered);
    expect(count(text, 'Retry-After: 1\r\n') + count(text, 'retry-after: 1\r\n')).toBe(asked - answered);
    expect(text).toContain('"code":"feed-requests-too-fast"');
    expect((await other.call('GET', 'feed/poll')).status).toBe(200);
    expect((await lab.status()).connections).toHaveLength(1);
  });
});

describe('A lab with more listeners than it may have', () => {
  it('refuses one more of every kind that stays, and takes it again when one has gone', async () => {
    const sandbox = await startSandbox({ limits: { maxFeedListenersPerLab: 3 } });
    const lab = await openLab(sandbox);
    const other = await openLab(sandbox);
    const paths = ['feed/long-poll?wait=60', 'feed/long-poll?wait=60', 'feed/events'];
    const clients = await Promise.all(
      paths.map((path) => deafClient(sandbox, requestFor(sandbox, lab.path(path)))),
    );
    await feedUntil(
      lab,
      'three listeners',
      ({ transports: { longPoll, events } }) => longPoll.open + events.open === 3,
    );
    for (const request of [
      requestFor(sandbox, lab.path('feed/long-poll')),
      requestFor(sandbox, lab.path('feed/events')),
      openingRequest(lab.path('feed'), hostOf(sandbox)),
    ]) {
      const refused = await connectRaw(sandbox);
      refused.send(request);
      const text = await refused.until('"too-many-feed-listeners"');
      expect(text).toContain('HTTP/1.1 429 Too Many Requests');
      expect(text.toLowerCase()).toContain('retry-after: 5');
    }
    // Who does not stay is answered, and another lab has its own.
    expect((await lab.call('GET', 'feed/poll')).status).toBe(200);
    await connectWs(sandbox, other.path('feed'));
    clients[0]?.socket.destroy();
    await feedUntil(lab, 'room', ({ transports }) => transports.longPoll.open === 1);
    await connectWs(sandbox, lab.path('feed'));
  });
});

describe('All bad listeners together', () => {
  it('leave the lab beside them undisturbed: it misses nothing, in any way', async () => {
    const sandbox = await startSandbox({ limits: { maxFeedListenersPerLab: 20, maxLogBytes: 1024 * 1024 } });
    const bad = await openLab(sandbox);
    const good = await openLab(sandbox);
    await beginFeed(bad, { ...flood, count: 0 });
    const deaf = await Promise.all([
      ...upTo(6).map(() => deafClient(sandbox, requestFor(sandbox, bad.path('feed/events?since=0')))),
      ...upTo(6).map(() => deafClient(sandbox, openingRequest(bad.path('feed?since=0'), hostOf(sandbox)))),
      ...upTo(20).map(() =>
        deafClient(sandbox, requestFor(sandbox, bad.path('feed/long-poll?since=0&wait=60'))),
      ),
    ]);
    const poller = await connectRaw(sandbox);
    const hammering = setInterval(() => {
      poller.send(requestFor(sandbox, bad.path('feed/poll')).repeat(50));
    }, 50);
    let heardAll = false;
    const nonsense = ['poll?since=1e9', 'long-poll?wait=never', 'events?since=-1', 'poll?connection=no'];
    const askNonsense = async (): Promise<number[]> => {
      const statuses: number[] = [];
      while (!heardAll) {
        const answers = await Promise.all(nonsense.map((part) => bad.call('GET', `feed/${part}`)));
        await Promise.all(answers.map((answer) => answer.text()));
        statuses.push(...answers.map(({ status }) => status));
      }
      return statuses;
    };
    try {
      await beginFeed(good, { messagesPerSecond: 50, burstiness: 0.5, count: 50 });
      const [heard, statuses] = await Promise.all([
        hearAll(sandbox, good, 50).finally(() => (heardAll = true)),
        askNonsense(),
      ]);
      for (const ids of heard) expect(ids).toEqual(upTo(50));
      for (const status of statuses) expect([400, 429]).toContain(status);
    } finally {
      clearInterval(hammering);
    }
    const { transports } = await feedStateOf(bad);
    expect(transports.events.open).toBe(6);
    expect(transports.webSocket.open).toBe(6);
    expect((await bad.status()).log.bytes).toBeLessThanOrEqual(1024 * 1024);
    expect(deaf).toHaveLength(32);
    await bad.call('DELETE');
    expect((await good.call('GET', 'feed/poll')).status).toBe(200);
  });
});
