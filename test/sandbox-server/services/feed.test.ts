import { once } from 'node:events';
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
import { bytesOf, openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, type RawClient } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs, refusedUpgrade } from '../../support/ws-client.ts';

/** Opens a stream of events on a connection of its own. */
async function openEvents(sandbox: Sandbox, path: string, fields: string[] = []): Promise<RawClient> {
  const client = await connectRaw(sandbox);
  client.send([`GET ${path} HTTP/1.1`, `Host: ${hostOf(sandbox)}`, ...fields, '', ''].join('\r\n'));
  return client;
}

describe('the feed, polled', () => {
  it('answers what came after since, and where to go on', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 5);
    expect(await pollFeed(lab, 'poll?since=0')).toMatchObject({ next: 5 });
    expect(idsIn(await pollFeed(lab, 'poll?since=2'))).toEqual([3, 4, 5]);
    expect(await pollFeed(lab, 'poll?since=5')).toEqual({ messages: [], next: 5 });
    // From now on, where nothing is said.
    expect(await pollFeed(lab, 'poll')).toEqual({ messages: [], next: 5 });
  });

  it('begins by itself with the first poll, with defaults', async () => {
    const lab = await openLab(await startSandbox());
    expect(await pollFeed(lab, 'poll')).toEqual({ messages: [], next: 0 });
    expect(await feedStateOf(lab)).toMatchObject({
      phase: 'running',
      run: 1,
      settings: { messagesPerSecond: 1 },
    });
  });

  it('answers 304 to the tag of the last answer while there is nothing new', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 3);
    const first = await lab.call('GET', 'feed/poll?since=0');
    const tag = first.headers.get('ETag') ?? '';
    expect([first.status, tag]).toEqual([200, '"1-3"']);
    for (const since of [0, 3]) {
      const again = await fetch(`${first.url.split('?')[0] ?? ''}?since=${String(since)}`, {
        headers: { 'If-None-Match': `"other", W/${tag}` },
      });
      expect([again.status, again.headers.get('ETag'), await again.text()]).toEqual([304, tag, '']);
    }
    await fillFeed(lab, 4);
    const changed = await fetch(first.url, { headers: { 'If-None-Match': tag } });
    expect([changed.status, changed.headers.get('ETag')]).toEqual([200, '"2-4"']);
  });

  it('says how many it holds no longer', async () => {
    const lab = await openLab(await startSandbox({ limits: { maxFeedMessages: 10 } }));
    await fillFeed(lab, 25);
    expect(await pollFeed(lab, 'poll?since=3')).toMatchObject({ missed: 12, next: 25 });
    expect(idsIn(await pollFeed(lab, 'poll?since=3'))).toEqual(upTo(25, 16));
    expect(await feedStateOf(lab)).toMatchObject({ oldestId: 16, transports: { poll: { missed: 24 } } });
  });

  it('keeps the connection, and ends it where it is asked to', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    const request = (query: string): string =>
      `GET ${lab.path(`feed/poll${query}`)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`;
    client.send(request('?since=0'));
    await client.until('"next":0}');
    client.send(request('?connection=close'));
    expect(await client.ended).toBe('fin');
    const answers = client.received.toString();
    expect(answers.match(/HTTP\/1\.1 200 OK\r\n/g)).toHaveLength(2);
    expect(answers.match(/^Connection: (.*)\r$/gm)).toEqual([
      'Connection: keep-alive\r',
      'Connection: close\r',
    ]);
    const events = await lab.log();
    expect(events.filter(({ type }) => type === 'open')).toHaveLength(1);
    expect(bytesOf(events, 'server').toString()).toBe(answers);
  });

  it('sends few header fields: what the answer is, how long, its tag, and that nobody may keep it', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const { headers } = await lab.call('GET', 'feed/poll');
    expect([...headers.keys()].sort()).toEqual([
      ...['cache-control', 'connection', 'content-length', 'content-type', 'date', 'etag', 'keep-alive'],
    ]);
    expect(headers.get('Cache-Control')).toBe('no-store');
  });

  it.each([
    ['poll?since=1', 'since', 'expected a number from 0 to 0, the last message so far; got "1"'],
    ['poll?since=-1', 'since', 'expected a number from 0'],
    ['poll?since=99999999999999999999', 'since', 'expected a number from 0'],
    ['poll?connection=maybe', 'connection', 'expected close or keep-alive'],
    ['long-poll?since=1', 'since', 'expected a number from 0 to 0'],
    ['long-poll?wait=61', 'wait', 'expected seconds from 0 to 60'],
    ['long-poll?wait=soon', 'wait', 'expected seconds from 0 to 60'],
    ['events?since=x', 'since', 'expected a number from 0'],
  ])('refuses %s, and names the field', async (part, field, message) => {
    const lab = await openLab(await startSandbox());
    const response = await lab.call('GET', `feed/${part}`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'field-refused', field, message: expect.stringContaining(message) as string },
    });
  });

  it('knows GET only, and no way that there is not', async () => {
    const lab = await openLab(await startSandbox());
    const posted = await lab.call('POST', 'feed/poll', {});
    expect([posted.status, posted.headers.get('Allow')]).toEqual([405, 'GET']);
    expect((await lab.call('GET', 'feed')).status).toBe(426);
    expect((await lab.call('GET', 'feed/telepathy')).status).toBe(404);
  });

  it('answers a request that asks for an upgrade as if it had not', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path('feed/poll'));
    expect([refusal.status, refusal.body]).toEqual([200, '{"messages":[],"next":0}']);
  });
});

describe('the feed, polled with a wait', () => {
  it('answers at once what there is, and else as soon as there is something', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 2);
    expect(idsIn(await pollFeed(lab, 'long-poll?since=0'))).toEqual([1, 2]);
    await beginFeed(lab, { messagesPerSecond: 5, count: 1 });
    expect(idsIn(await pollFeed(lab, 'long-poll?since=0&wait=60'))).toEqual([1]);
  });

  it('answers with nothing when the time is over', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 2);
    expect(await pollFeed(lab, 'long-poll?wait=0.05')).toEqual({ messages: [], next: 2 });
    expect(await pollFeed(lab, 'long-poll?wait=0')).toEqual({ messages: [], next: 2 });
  });

  it('sends one that waits to the beginning of a new run', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 2);
    const waiting = pollFeed(lab, 'long-poll?since=2&wait=60');
    await feedUntil(lab, 'the poll to wait', ({ transports }) => transports.longPoll.open === 1);
    await beginFeed(lab, { count: 1, messagesPerSecond: 1000 });
    expect(await waiting).toEqual({ messages: [], next: 0 });
    expect((await feedStateOf(lab)).transports.longPoll.open).toBe(0);
  });

  it('forgets one that goes away while it waits', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await openEvents(sandbox, lab.path('feed/long-poll?wait=60'));
    await feedUntil(lab, 'the poll to wait', ({ transports }) => transports.longPoll.open === 1);
    client.socket.destroy();
    await feedUntil(lab, 'the poll to be forgotten', ({ transports }) => transports.longPoll.open === 0);
    expect((await feedStateOf(lab)).transports.longPoll).toMatchObject({ requests: 1, messages: 0 });
  });

  it('answers one that waits when its lab ends', async () => {
    const lab = await openLab(await startSandbox());
    const waiting = pollFeed(lab, 'long-poll?wait=60');
    await feedUntil(lab, 'the poll to wait', ({ transports }) => transports.longPoll.open === 1);
    await lab.call('DELETE');
    expect(await waiting).toEqual({ messages: [], next: 0 });
  });
});

describe('the feed as server-sent events', () => {
  it('sends an event a message, with id and data, from since on', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await fillFeed(lab, 4);
    const client = await openEvents(sandbox, lab.path('feed/events?since=1'));
    const text = await client.until('id: 4\ndata: ');
    expect(text).toContain('Content-Type: text/event-stream\r\nCache-Control: no-store\r\n');
    expect(text).toContain('retry: 1000\nid: 1\n\n');
    expect(idsInEvents(text)).toEqual([2, 3, 4]);
    expect(bytesOf(await lab.log(), 'server').toString()).toBe(client.received.toString());
  });

  it('goes on after the last event that a browser names, which counts more than since', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await fillFeed(lab, 4);
    const client = await openEvents(sandbox, lab.path('feed/events?since=0'), ['Last-Event-ID: 2']);
    expect(idsInEvents(await client.until('id: 4\ndata: '))).toEqual([3, 4]);
  });

  it('refuses a last event from the future, and names the field', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await openEvents(sandbox, lab.path('feed/events'), ['Last-Event-ID: 9']);
    expect(await client.until('"field":"Last-Event-ID"')).toContain('HTTP/1.1 400 Bad Request');
  });

  it('says what was missed before it goes on', async () => {
    const sandbox = await startSandbox({ limits: { maxFeedMessages: 3 } });
    const lab = await openLab(sandbox);
    await fillFeed(lab, 8);
    const client = await openEvents(sandbox, lab.path('feed/events?since=1'));
    const text = await client.until('id: 8\ndata: ');
    expect(text).toContain('event: missed\ndata: {"missed":4}\n\n');
    expect(idsInEvents(text)).toEqual([6, 7, 8]);
  });

  it('sends what comes from now on, stays for a new run, and ends with the lab', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await fillFeed(lab, 3);
    const client = await openEvents(sandbox, lab.path('feed/events'));
    await client.until('id: 3\n\n');
    await beginFeed(lab, { count: 2, messagesPerSecond: 1000 });
    const text = await client.until('id: 2\ndata: ');
    expect(text).toContain('id: 0\n\n');
    expect(idsInEvents(text)).toEqual([1, 2]);
    await lab.call('DELETE');
    // The last chunk: the stream has an end, and was not torn off.
    await client.until('\r\n0\r\n\r\n');
    expect(await client.ended).toBe('fin');
  });
});

describe('the feed as a WebSocket', () => {
  it('sends a text message each, from now on or from since', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await fillFeed(lab, 3);
    const late = await connectWs(sandbox, lab.path('feed?since=1'));
    const idOf = (text: string): number => (JSON.parse(text) as { id: number }).id;
    expect([idOf(await late.next()), idOf(await late.next())]).toEqual([2, 3]);
    const fresh = await connectWs(sandbox, lab.path('feed'));
    await beginFeed(lab, { count: 2, messagesPerSecond: 1000 });
    expect([idOf(await fresh.next()), idOf(await fresh.next())]).toEqual([1, 2]);
    expect(idOf(await late.next())).toBe(1);
  });

  it('refuses a since from the future in the answer to the handshake', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const refusal = await refusedUpgrade(sandbox, lab.path('feed?since=7'));
    expect([refusal.status, JSON.parse(refusal.body)]).toMatchObject([400, { error: { field: 'since' } }]);
  });

  it('closes on whoever talks to it, and when its lab ends', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const talker = await connectWs(sandbox, lab.path('feed'));
    talker.socket.send('hello?');
    expect(await talker.closed).toEqual({ code: 1008, reason: 'nothing is read on the feed' });
    const listener = await connectWs(sandbox, lab.path('feed'));
    await lab.call('DELETE');
    expect(await listener.closed).toEqual({ code: 1001, reason: 'lab deleted' });
  });
});

describe('the settings of the feed', () => {
  it('are answered with the clock by which messages are born, and counts of each way', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await fillFeed(lab, 3);
    const { messages } = await pollFeed(lab, 'poll?since=0');
    const state = await feedStateOf(lab);
    expect(state.labStartedAt).toBeLessThan(state.startedAt ?? 0);
    expect(messages[0]?.bornAt).toBeGreaterThan(state.startedAt ?? Infinity);
    expect(state.now).toBeGreaterThan(messages[2]?.bornAt ?? Infinity);
    expect(state.transports.poll).toMatchObject({ requests: 1, messages: 3, missed: 0, open: 0 });
    expect(state.transports.poll.workMs).toBeGreaterThan(0);
  });

  it('are not recorded, nor does asking for them begin the feed', async () => {
    const lab = await openLab(await startSandbox());
    expect((await feedStateOf(lab)).phase).toBe('not begun');
    await beginFeed(lab, {});
    expect((await lab.call('DELETE', 'feed/settings')).status).toBe(204);
    expect((await feedStateOf(lab)).phase).toBe('stopped');
    expect(await lab.log()).toEqual([]);
  });

  it('are refused by name, and the feed goes on as it was', async () => {
    const lab = await openLab(await startSandbox());
    await fillFeed(lab, 2);
    const response = await lab.call('PUT', 'feed/settings', { messagesPerSecond: 1e9 });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { field: 'messagesPerSecond' } });
    expect(await feedStateOf(lab)).toMatchObject({ run: 1, lastId: 2 });
    expect((await lab.call('POST', 'feed/settings', {})).headers.get('Allow')).toBe('GET, HEAD, PUT, DELETE');
  });

  it('are for the sandbox’s own pages, while any page may listen', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const asked = async (part: string): Promise<number> =>
      (await fetch(`${sandbox.origin}${lab.path(part)}`, { headers: { Origin: 'http://evil.example' } }))
        .status;
    expect(await asked('feed/settings')).toBe(403);
    expect(await asked('feed/poll')).toBe(200);
    const { socket } = await connectWs(sandbox, lab.path('feed'), { origin: 'http://evil.example' });
    socket.close();
    await once(socket, 'close');
  });

  it('lets pages of an allowed origin read the answers', async () => {
    const origin = 'http://localhost:3000';
    const sandbox = await startSandbox({ allowOrigins: [origin] });
    const lab = await openLab(sandbox);
    const { headers } = await fetch(`${sandbox.origin}${lab.path('feed/poll')}`, {
      headers: { Origin: origin },
    });
    expect(headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(headers.get('Access-Control-Expose-Headers')).toContain('ETag');
  });
});
