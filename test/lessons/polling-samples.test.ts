import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenToSocket } from '../../lessons/samples/listen-socket.js';
import { pollLong } from '../../lessons/samples/long-poll.js';
import { pollShort } from '../../lessons/samples/short-poll.js';
import { feedRequests } from '../../src/derive/feed-requests.ts';
import type { FeedMessage, FeedTransport } from '../../src/contract/feed.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { openLab, type TestLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime, waitFor } from '../support/wait-for.ts';

/** A lab whose feed makes twenty messages quickly. */
async function openFeed() {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const begin = () =>
    lab.call('PUT', 'feed/settings', { messagesPerSecond: 100, count: 20, payloadBytes: 8 });
  await begin();
  return { lab, begin, origin: sandbox.origin };
}

/** Collects what a listener hears, until it has heard the message with this id; then ends it. */
async function hear(
  last: number,
  listen: (options: {
    heard: (message: FeedMessage) => void;
    failed: (error: unknown) => void;
  }) => () => void,
) {
  const ids: number[] = [];
  const failures: unknown[] = [];
  const end = listen({
    heard: ({ id }) => ids.push(id),
    failed: (error) => failures.push(error),
  });
  onTestFinished(end);
  await waitFor('the last message', () => (ids.at(-1) === last ? true : undefined));
  end();
  return { ids, failures };
}

const requests = async (lab: TestLab, transport: FeedTransport) =>
  feedRequests(readLog(await lab.log()).connections, transport);

const allTwenty = Array.from({ length: 20 }, (_, index) => index + 1);

describe('short-poll.js', () => {
  it('hears every message once, and never asks twice at a time', async () => {
    const { lab, origin } = await openFeed();
    const { ids, failures } = await hear(20, (options) =>
      pollShort(`${origin}${lab.path('feed/poll')}`, { ...options, every: 20 }),
    );
    expect({ ids, failures }).toEqual({ ids: allTwenty, failures: [] });
    const polls = await requests(lab, 'poll');
    expect(polls.length).toBeGreaterThan(1);
    expect(new Set(polls.map(({ connection }) => connection.conn)).size).toBe(1);
  });

  it('takes a 304 for “nothing new” where it asks conditionally', async () => {
    const { lab, origin } = await openFeed();
    const end = pollShort(`${origin}${lab.path('feed/poll')}`, {
      every: 5,
      conditional: true,
      heard: () => undefined,
    });
    onTestFinished(end);
    const answered = await waitFor('a 304', async () =>
      (await requests(lab, 'poll')).find(({ exchange }) => exchange.response?.head.statusCode === 304),
    );
    expect(answered.exchange.response?.body.contentBytes).toBe(0);
  });

  it('asks less often where it fails, and says so', async () => {
    const failures: unknown[] = [];
    const end = pollShort('http://127.0.0.1:1/feed/poll', {
      every: 1,
      heard: () => undefined,
      failed: (error: unknown) => failures.push(error),
    });
    await waitFor('two failures', () => (failures.length >= 2 ? true : undefined));
    end();
    expect(failures[0]).toBeInstanceOf(Error);
  });
});

describe('long-poll.js', () => {
  it('hears every message once, and stops where it is told to', async () => {
    const { lab, origin } = await openFeed();
    const { ids, failures } = await hear(20, (options) =>
      pollLong(`${origin}${lab.path('feed/long-poll')}`, { ...options, wait: 5 }),
    );
    expect({ ids, failures }).toEqual({ ids: allTwenty, failures: [] });
    const asked = await waitFor('the end of the last question', async () => {
      const all = await requests(lab, 'longPoll');
      return all.every(({ exchange }) => exchange.state !== 'waiting') ? all : undefined;
    });
    expect(asked.length).toBeGreaterThan(1);
  });
});

describe('listen-events.js', () => {
  // Node has an EventSource of its own, behind a flag.
  const program = `
    const { listenToEvents } = await import(process.argv[1]);
    const ids = [];
    const end = listenToEvents(process.argv[2], {
      heard: ({ id }) => {
        ids.push(id);
        if (id !== 20) return;
        console.log(JSON.stringify(ids));
        end();
      },
    });
  `;

  it('hears every message once, and lets the program end once it is told to', async () => {
    const { lab, origin } = await openFeed();
    const sample = new URL('../../lessons/samples/listen-events.js', import.meta.url).href;
    const child = spawn(process.execPath, [
      '--experimental-eventsource',
      '--input-type=module',
      '--eval',
      program,
      sample,
      `${origin}${lab.path('feed/events?since=0')}`,
    ]);
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const [code] = (await inTime('the end of the program', once(child, 'close'))) as [number];
    expect({ code, ids: JSON.parse(printed) as unknown }).toEqual({ code: 0, ids: allTwenty });
  });
});

describe('listen-socket.js', () => {
  it('hears every message once, also where its connection is cut meanwhile', async () => {
    const { lab, origin } = await openFeed();
    const address = `${origin.replace(/^http/, 'ws')}${lab.path('feed')}`;
    const ids: number[] = [];
    const failures: string[] = [];
    const end = listenToSocket(address, {
      heard: ({ id }: FeedMessage) => ids.push(id),
      failed: ({ message }: Error) => failures.push(message),
    });
    onTestFinished(end);
    await waitFor('some messages', () => (ids.length > 5 ? true : undefined));
    await lab.call('POST', 'cut', { how: 'rst' });
    await waitFor('the last message', () => (ids.at(-1) === 20 ? true : undefined));
    end();
    expect({ ids, failures }).toEqual({ ids: allTwenty, failures: ['closed with 1006'] });
  });
});
