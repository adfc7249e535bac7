import { describe, expect, it } from 'vitest';
import { beginFeed, feedStateOf, feedUntil, fillFeed, idsInEvents, upTo } from '../../support/feed-lab.ts';
import { bytesOf, openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { connectWs } from '../../support/ws-client.ts';

describe('The feed on a link with conditions', () => {
  it('arrives whole and in order over every stream once a frozen link thaws', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const events = await connectRaw(sandbox);
    events.send(`GET ${lab.path('feed/events')} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await events.until('id: 0\n\n');
    const { next } = await connectWs(sandbox, lab.path('feed'));
    await lab.call('PATCH', 'conditions', { frozen: 'server' });
    await fillFeed(lab, 20);
    expect(idsInEvents(events.received.toString())).toEqual([]);
    await lab.call('PATCH', 'conditions', { frozen: 'no', latencyMs: 20, sliceBytes: 50 });
    const text = await events.until('id: 20\ndata: ');
    expect(idsInEvents(text.slice(0, text.lastIndexOf('id: 20')))).toEqual(upTo(19));
    for (const id of upTo(20)) expect(JSON.parse(await next())).toMatchObject({ id });
  });

  it('is resumed by the last event after a cut, and nothing is missed or doubled', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const request = (last: number): string =>
      `GET ${lab.path('feed/events?since=0')} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n` +
      `${last > 0 ? `Last-Event-ID: ${String(last)}\r\n` : ''}\r\n`;
    await beginFeed(lab, { messagesPerSecond: 200, count: 60 });
    const ids: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const client = await connectRaw(sandbox);
      client.send(request(ids.at(-1) ?? 0));
      await client.until(`data: {"id":${String((ids.at(-1) ?? 0) + 10)},`);
      await lab.call('POST', 'cut', { how: 'fin' });
      await client.ended;
      ids.push(...idsInEvents(client.received.toString()));
    }
    expect(ids).toEqual(upTo(ids.length));
    await feedUntil(lab, 'nobody to listen', ({ transports }) => transports.events.open === 0);
  });

  it('loses what is dropped on purpose on the WebSocket only, and the log says so', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    client.send(openingRequest(lab.path('feed?since=0'), hostOf(sandbox)));
    await client.until('\r\n\r\n');
    await lab.call('PATCH', 'conditions', { dropMessages: 1 });
    await fillFeed(lab, 5);
    const events = await lab.logUntil((all) => all.filter(({ type }) => type === 'imposed').length === 5);
    expect(bytesOf(events, 'server').toString('latin1')).not.toContain('"bornAt"');
    const polled = await lab.call('GET', 'feed/poll?since=0');
    expect(await polled.text()).toContain('"next":5');
    expect((await feedStateOf(lab)).transports.webSocket.open).toBe(1);
  });
});
