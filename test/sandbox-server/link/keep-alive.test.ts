import { describe, expect, it } from 'vitest';
import type { Sandbox } from '../../../sandbox-server/sandbox.ts';
import { wireSubprotocol } from '../../../src/contract/lab.ts';
import { beginFeed, feedUntil } from '../../support/feed-lab.ts';
import { bytesOf, openLab, type TestLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest, type RawClient } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';

/** Asks on a connection that is kept alive; answers the request and what came back. */
async function askOn(
  client: RawClient,
  sandbox: Sandbox,
  path: string,
  end: string,
): Promise<{ request: string; answer: string }> {
  const request = `GET ${path} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`;
  const before = client.received.length;
  client.send(request);
  await client.until(end);
  return { request, answer: client.received.subarray(before).toString() };
}

const pollOf = (lab: TestLab, number: number): string =>
  lab.path(`feed/poll?since=0&number=${String(number)}`);

describe('A connection that is kept alive', () => {
  it('is recorded for the requests of its lab only, under one number', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PUT', 'feed/settings', { messagesPerSecond: 0.01 });
    const client = await connectRaw(sandbox);
    const answer = '{"messages":[],"next":0}';
    const first = await askOn(client, sandbox, pollOf(lab, 1), answer);
    const other = await askOn(client, sandbox, '/healthz', '"status":"ok"');
    const settings = await askOn(client, sandbox, lab.path('feed/settings'), '"settings"');
    const request = `GET ${pollOf(lab, 2)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`;
    client.send(`${request.slice(0, 9)}`);
    client.send(request.slice(9));
    const received = first.answer.length + other.answer.length + settings.answer.length;
    await client.untilBytes(received + first.answer.length);
    const events = await lab.log();
    expect(events.filter(({ type }) => type === 'open')).toHaveLength(1);
    expect(bytesOf(events, 'client').toString()).toBe(first.request + request);
    expect(bytesOf(events, 'server').toString()).toBe(
      first.answer + client.received.subarray(received).toString(),
    );
  });

  it('shows each lab its own requests, and its end to both', async () => {
    const sandbox = await startSandbox();
    const labs = [await openLab(sandbox), await openLab(sandbox)] as const;
    const client = await connectRaw(sandbox);
    for (const number of [1, 2]) {
      for (const lab of labs) {
        const before = client.received.length;
        client.send(`GET ${pollOf(lab, number)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
        await client.untilBytes(before + 1);
      }
    }
    client.socket.end();
    for (const [index, lab] of labs.entries()) {
      const events = await lab.logUntil((all) => all.some(({ type }) => type === 'end'));
      const sent = bytesOf(events, 'client').toString();
      expect(sent.match(/number=\d/g)).toEqual(['number=1', 'number=2']);
      expect(sent).not.toContain(labs[1 - index]?.id);
      expect(events.filter(({ type }) => type === 'open')).toHaveLength(1);
    }
  });

  it('is not frozen with its lab for what is not the lab’s', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    await askOn(client, sandbox, pollOf(lab, 1), '"messages":[]');
    await lab.call('PATCH', 'conditions', { frozen: 'both', latencyMs: 1000 });
    const { answer } = await askOn(client, sandbox, '/healthz', '"status":"ok"');
    expect(answer).toContain('HTTP/1.1 200 OK');
    const before = client.received.length;
    client.send(`GET ${pollOf(lab, 2)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await lab.logUntil((all) => all.filter(({ type }) => type === 'bytes').length === 3);
    expect(client.received.length).toBe(before);
  });

  it('is reset where the server of its lab is down, also in the midst of its life', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    await askOn(client, sandbox, pollOf(lab, 1), '"messages":[]');
    await lab.call('PATCH', 'conditions', { accept: false });
    client.send(`GET ${pollOf(lab, 2)} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    expect(await client.ended).toBe('rst');
  });

  it('outlives a lab that it served, and is not cut with it, once it serves another', async () => {
    const sandbox = await startSandbox();
    const [gone, other] = [await openLab(sandbox), await openLab(sandbox)];
    const client = await connectRaw(sandbox);
    const answer = '"messages":[]';
    await askOn(client, sandbox, pollOf(gone, 1), answer);
    const { length } = client.received;
    client.send(`GET ${other.path('feed/long-poll?wait=60')} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\n\r\n`);
    await feedUntil(other, 'the poll to wait', ({ transports }) => transports.longPoll.open === 1);
    expect(await (await gone.call('POST', 'cut', { how: 'rst' })).json()).toEqual({ cut: [] });
    await gone.call('DELETE');
    await beginFeed(other, {});
    await client.untilBytes(length + 1);
    await other.call('DELETE');
    await askOn(client, sandbox, '/healthz', '"status":"ok"');
    expect(client.socket.readyState).toBe('open');
  });

  it('may become a wire channel, which is not recorded', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const client = await connectRaw(sandbox);
    await askOn(client, sandbox, pollOf(lab, 1), '"messages":[]');
    const recorded = await lab.log();
    client.send(
      openingRequest(lab.path('wire'), hostOf(sandbox), { 'Sec-WebSocket-Protocol': wireSubprotocol }),
    );
    await client.until('HTTP/1.1 101 Switching Protocols');
    await client.until('"type":"open"');
    expect(await lab.log()).toEqual(recorded);
  });
});
