import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinChat } from '../../support/chat-client.ts';
import { openLab } from '../../support/open-lab.ts';
import { connectRaw, hostOf, openingRequest } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';
import { connectWs, refusedUpgrade } from '../../support/ws-client.ts';

const message = (text: string, clientId?: string) => ({
  type: 'message',
  text,
  ...(clientId === undefined ? {} : { clientId }),
});

describe('WS /labs/<id>/chat', () => {
  it('stores a message, acknowledges it to its sender, and tells all', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const bob = await joinChat(sandbox, lab, 'Bob');
    expect(bob.members).toEqual(['Alice', 'Bob']);
    expect(await alice.heard()).toEqual({ type: 'join', name: 'Bob' });

    bob.say(message('Hello!', 'b-1'));
    expect(await bob.heard()).toEqual({ type: 'ack', clientId: 'b-1', id: 1 });
    const stored = { type: 'message', id: 1, name: 'Bob', text: 'Hello!', clientId: 'b-1' };
    expect(await bob.heard()).toMatchObject(stored);
    expect(await alice.heard()).toMatchObject(stored);
  });

  it('tells all members the same order', async () => {
    const sandbox = await startSandbox({ limits: { maxChatMessagesPerSecond: 1000 } });
    const lab = await openLab(sandbox);
    const members = await Promise.all(['A', 'B', 'C'].map((name) => joinChat(sandbox, lab, name)));
    for (let round = 0; round < 20; round++) {
      for (const member of members) member.say(message(String(round)));
    }
    const orders = await Promise.all(
      members.map(async ({ heardOf }) => {
        const order: string[] = [];
        while (order.length < 60) {
          const { id, name } = await heardOf('message');
          order.push(`${String(id)} ${name}`);
        }
        return order;
      }),
    );
    expect(orders[1]).toEqual(orders[0]);
    expect(orders[2]).toEqual(orders[0]);
    expect(orders[0]?.[59]).toMatch(/^60 /);
  });

  it('gives whoever joins what was said, from where it asks, and says what it holds no longer', async () => {
    const sandbox = await startSandbox({ limits: { maxChatHistory: 3 } });
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    for (const text of ['a', 'b', 'c', 'd']) alice.say(message(text, text));
    while ((await alice.heardOf('ack')).id < 4);
    const bob = await joinChat(sandbox, lab, 'Bob');
    expect(bob.history.map(({ text }) => text)).toEqual(['b', 'c', 'd']);
    const carol = await joinChat(sandbox, lab, 'Carol', { since: 3 });
    expect(carol.history.map(({ text }) => text)).toEqual(['d']);
    expect(await refusedUpgrade(sandbox, lab.path('chat?name=Eve&since=9'))).toMatchObject({
      status: 400,
      body: expect.stringContaining('"field":"since"') as string,
    });
  });

  it('tells of typing, not to the one who types, and no more than once a second', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const bob = await joinChat(sandbox, lab, 'Bob');
    for (let times = 0; times < 5; times++) bob.say({ type: 'typing' });
    bob.say(message('done'));
    const heard = [await alice.heard(), await alice.heard(), await alice.heard()];
    expect(heard.map(({ type }) => type)).toEqual(['join', 'typing', 'message']);
    expect(await bob.heard()).toMatchObject({ type: 'message' });
  });

  it('lets in no second one of a name, whatever its case, and says why before it closes', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const other = await connectWs(sandbox, lab.path('chat?name=ALICE'));
    expect(JSON.parse(await other.next())).toMatchObject({ code: 'name-taken', field: 'name' });
    expect(await other.closed).toEqual({ code: 4409, reason: 'that name is taken' });
    alice.say(message('still here', 'x'));
    expect(await alice.heard()).toMatchObject({ type: 'ack' });
  });

  it.each(['chat', 'chat?name=', 'chat?name=%20', `chat?name=${'x'.repeat(33)}`, 'chat?name=a%0Ab'])(
    'refuses the handshake of %s, and names the field',
    async (part) => {
      const sandbox = await startSandbox();
      const lab = await openLab(sandbox);
      const { status, body } = await refusedUpgrade(sandbox, lab.path(part));
      expect(status).toBe(400);
      expect(JSON.parse(body)).toMatchObject({ error: { code: 'field-refused', field: 'name' } });
    },
  );

  it('lets in no page of another origin, and programs without one', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const origin = 'https://evil.example';
    expect((await refusedUpgrade(sandbox, lab.path('chat?name=Eve'), { origin })).status).toBe(403);
    await joinChat(sandbox, lab, 'Own', { origin: sandbox.origin });
    expect((await joinChat(sandbox, lab, 'Program')).members).toEqual(['Own', 'Program']);
  });
});

describe('the name of a member is free again after', () => {
  const ends: [string, (client: Awaited<ReturnType<typeof joinChat>>) => void][] = [
    ['a close', ({ socket }) => socket.close(1000)],
    ['a connection that is let go', ({ socket }) => socket.terminate()],
    ['an illegal frame', ({ socket }) => socket.send(randomBytes(20_000))],
  ];
  it.each(ends)('%s', async (_, end) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    end(await joinChat(sandbox, lab, 'Bob'));
    expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
    expect((await joinChat(sandbox, lab, 'Bob')).members).toEqual(['Alice', 'Bob']);
  });

  it.each(['fin', 'rst', 'close', 'terminate'])('a cut by %s', async (how) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    await joinChat(sandbox, lab, 'Bob');
    const bob = (await lab.status()).connections.at(-1)?.conn;
    await lab.call('POST', 'cut', { how, connection: bob });
    expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
  });

  it('a TCP reset, and a FIN without a Close', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    for (const end of ['resetAndDestroy', 'end'] as const) {
      const raw = await connectRaw(sandbox);
      raw.send(openingRequest(lab.path('chat?name=Bob'), hostOf(sandbox)));
      await raw.until('"type":"history"');
      raw.socket[end]();
      expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
    }
  });

  it('a heartbeat that was not answered', async () => {
    const sandbox = await startSandbox({ limits: { chatHeartbeatSeconds: 0.05 } });
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const bob = await joinChat(sandbox, lab, 'Bob', { autoPong: false });
    expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
    expect((await bob.closed).code).toBe(1006);
    expect(alice.socket.readyState).toBe(alice.socket.OPEN);
  });
});

describe('bad input to the chat', () => {
  it('is answered with an error that names the field, and the connection lives', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bob = await joinChat(sandbox, lab, 'Bob');
    const attempts: [string | Buffer, object][] = [
      ['Hello Server!', { code: 'not-json', field: 'message' }],
      ['null', { code: 'not-json' }],
      ['{"type":"dance"}', { code: 'field-refused', field: 'type' }],
      ['{"type":"message","content":"Hello!"}', { code: 'field-refused', field: 'text' }],
      [JSON.stringify(message('x'.repeat(2001), 'b-9')), { field: 'text', clientId: 'b-9' }],
      [Buffer.from([1, 2, 3]), { code: 'not-text' }],
    ];
    for (const [text, error] of attempts) {
      bob.socket.send(text);
      expect(await bob.heard()).toMatchObject({ type: 'error', ...error });
    }
    bob.say(message('alive', 'b-10'));
    expect(await bob.heard()).toEqual({ type: 'ack', clientId: 'b-10', id: 1 });
  });

  it('gives markup back as it came: a text is a text', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const bob = await joinChat(sandbox, lab, 'Bob');
    const text = '<img src=x onerror="alert(1)">\u2028</script>';
    bob.say(message(text));
    expect(await bob.heard()).toMatchObject({ type: 'message', text });
  });

  it('closes with 1009 on a message of 10 MB, and the others are undisturbed', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const bob = await joinChat(sandbox, lab, 'Bob');
    bob.say(message('x'.repeat(10_000_000)));
    expect((await bob.closed).code).toBe(1009);
    expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
    alice.say(message('undisturbed', 'a'));
    expect(await alice.heardOf('ack')).toMatchObject({ id: 1 });
  });

  it('refuses what comes too fast, by its clientId, and closes with 4429 on who goes on', async () => {
    const sandbox = await startSandbox({ limits: { maxChatMessagesPerSecond: 3 } });
    const lab = await openLab(sandbox);
    const alice = await joinChat(sandbox, lab, 'Alice');
    const bob = await joinChat(sandbox, lab, 'Bob');
    for (let count = 1; count <= 40; count++) bob.say(message('again', `b-${String(count)}`));
    expect(await bob.heardOf('error')).toMatchObject({ code: 'too-fast', clientId: 'b-4' });
    expect(await bob.closed).toEqual({ code: 4429, reason: 'you went on sending too fast' });
    expect(await alice.heardOf('leave')).toEqual({ type: 'leave', name: 'Bob' });
    alice.say(message('mine', 'a'));
    expect(await alice.heardOf('ack')).toMatchObject({ id: 4 });
  });
});

describe('many members', () => {
  it('fifty hear each other, and one who goes is gone', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    const names = Array.from({ length: 50 }, (_, index) => `member ${String(index)}`);
    const members = [];
    for (const name of names) members.push(await joinChat(sandbox, lab, name));
    for (const member of members) member.say(message('hello all'));
    for (const { heardOf } of members) {
      const heard = new Set<number>();
      while (heard.size < 50) heard.add((await heardOf('message')).id);
      expect(heard).toContain(50);
    }
    for (const { socket } of members) socket.terminate();
    await waitFor('an empty lab', async () => (await lab.status()).connections.length === 0 || undefined);
    expect((await joinChat(sandbox, lab, 'last')).members).toEqual(['last']);
  });

  it('one who does not read is closed with 4408, and the others hear everything', async () => {
    const sandbox = await startSandbox({
      limits: { maxChatMessagesPerSecond: 1_000_000, maxChatBufferedBytes: 4096 },
    });
    const lab = await openLab(sandbox);
    const slow = await joinChat(sandbox, lab, 'Slow');
    const bob = await joinChat(sandbox, lab, 'Bob');
    slow.socket.pause();
    let isGone = false;
    let last = 0;
    const text = 'x'.repeat(2000);
    while (!isGone && last < 20_000) {
      for (let count = 0; count < 200; count++) bob.say(message(text));
      for (let count = 0; count < 200;) {
        const event = await bob.heard();
        if (event.type === 'leave') isGone = true;
        if (event.type !== 'message') continue;
        expect(event.id).toBe(++last);
        count++;
      }
    }
    expect(isGone).toBe(true);
    const heard = await waitFor('the end of the slow one', async () =>
      ((await lab.status()) as unknown as { heardEnds: { code: number }[] }).heardEnds.at(0),
    );
    expect([1006, 4408]).toContain(heard.code);
    const [{ conn } = { conn: 0 }] = (await lab.status()).connections;
    expect(conn).toBe(2);
  });
});
