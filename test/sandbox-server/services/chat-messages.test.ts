import { describe, expect, it } from 'vitest';
import { parseChatPoll, parseStoredMessage } from '../../../src/contract/chat.ts';
import { joinChat } from '../../support/chat-client.ts';
import { bytesOf, openLab, type TestLab } from '../../support/open-lab.ts';
import { startSandbox } from '../../support/start-sandbox.ts';

const post = (lab: TestLab, body: unknown) => lab.call('POST', 'chat/messages', body);
const poll = async (lab: TestLab, query = '') => {
  const answer = parseChatPoll(await (await lab.call('GET', `chat/messages${query}`)).json());
  if (!answer.ok) throw new Error(`${answer.field}: ${answer.message}`);
  return answer.value;
};

describe('/labs/<id>/chat/messages', () => {
  it('stores what is posted, and answers a poll with what came after', async () => {
    const lab = await openLab(await startSandbox());
    expect(await poll(lab)).toEqual({ messages: [], next: 0, missed: 0 });
    const answer = await post(lab, { name: 'Bob', text: 'Hello!', clientId: 'b-1' });
    expect(answer.status).toBe(201);
    const stored = parseStoredMessage(await answer.json());
    expect(stored).toMatchObject({ ok: true, value: { id: 1, name: 'Bob', clientId: 'b-1' } });
    await post(lab, { name: 'Bob', text: 'Again' });
    expect((await poll(lab, '?since=1')).messages.map(({ text }) => text)).toEqual(['Again']);
    expect(await poll(lab, '?since=2')).toEqual({ messages: [], next: 2, missed: 0 });
  });

  it('is the same room as the socket’s', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    await post(lab, { name: 'Bob', text: 'by HTTP' });
    expect(await alice.heard()).toMatchObject({ type: 'message', id: 1, name: 'Bob', text: 'by HTTP' });
    alice.say({ type: 'message', text: 'by socket', clientId: 'a' });
    await alice.heardOf('ack');
    expect((await poll(lab, '?since=1')).messages).toMatchObject([{ id: 2, name: 'Alice' }]);
  });

  it('stores once what is posted twice with one clientId: 201, then 200', async () => {
    const lab = await openLab(await startSandbox());
    const body = { name: 'Bob', text: 'Hello!', clientId: 'b-1' };
    const [first, second] = [await post(lab, body), await post(lab, body)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(await second.json()).toEqual(await first.json());
    expect((await poll(lab)).next).toBe(1);
  });

  it('lets nobody speak under the name of one who is there', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await joinChat(sandbox, lab, 'Alice');
    const answer = await post(lab, { name: 'alice', text: 'I am Alice' });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ error: { code: 'chat-name-taken', field: 'name' } });
  });

  it.each([
    ['body', undefined],
    ['body', []],
    ['name', { text: 'x' }],
    ['text', { name: 'Bob', content: 'x' }],
    ['clientId', { name: 'Bob', text: 'x', clientId: '' }],
  ])('names the field %s', async (field, body) => {
    const lab = await openLab(await startSandbox());
    const answer = await post(lab, body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: 'field-refused', field } });
  });

  it.each(['since=1', 'since=-1', 'since=x', 'connection=maybe'])('refuses ?%s', async (query) => {
    const lab = await openLab(await startSandbox());
    const answer = await lab.call('GET', `chat/messages?${query}`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { field: query.split('=')[0] } });
  });

  it('knows no other method, no body over the bound, and nobody from a foreign page', async () => {
    const sandbox = await startSandbox({ limits: { maxBodyBytes: 4096 } });
    const lab = await openLab(sandbox);
    const put = await lab.call('PUT', 'chat/messages', {});
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
    expect((await post(lab, { name: 'Bob', text: 'x'.repeat(10_000_000) })).status).toBe(413);
    const foreign = await fetch(new URL(lab.path('chat/messages'), sandbox.origin), {
      headers: { Origin: 'https://evil.example' },
    });
    expect(foreign.status).toBe(403);
  });

  it('takes so many a second of all together, then answers 429', async () => {
    const lab = await openLab(await startSandbox({ limits: { maxChatMessagesPerSecond: 2 } }));
    const statuses = [];
    for (const text of ['a', 'b', 'c']) statuses.push((await post(lab, { name: 'Bob', text })).status);
    expect(statuses.filter((status) => status === 429).length).toBeLessThanOrEqual(1);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(lab, { name: 'Bob', text: 'more' })),
    );
    expect(answers.map(({ status }) => status)).toContain(429);
    expect(answers.find(({ status }) => status === 429)?.headers.get('retry-after')).toBe('1');
  });

  it('answers a poller at a thousand requests a second 429, and goes on for the others', async () => {
    const sandbox = await startSandbox({ limits: { maxChatPollsPerSecond: 5 } });
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const answers = await Promise.all(Array.from({ length: 100 }, () => lab.call('GET', 'chat/messages')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(30);
    expect(await refused[0]?.json()).toMatchObject({ error: { code: 'chat-polled-too-fast' } });
    alice.say({ type: 'message', text: 'undisturbed', clientId: 'a' });
    expect(await alice.heard()).toMatchObject({ type: 'ack' });
  });

  it('is recorded, request and answer', async () => {
    const lab = await openLab(await startSandbox());
    await post(lab, { name: 'Bob', text: 'Hello!' });
    const events = await lab.log();
    expect(bytesOf(events, 'client').toString()).toContain('{"name":"Bob","text":"Hello!"}');
    expect(bytesOf(events, 'server').toString()).toMatch(/^HTTP\/1\.1 201 Created[\s\S]*"id":1/);
  });
});
