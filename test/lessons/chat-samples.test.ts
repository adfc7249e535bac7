import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { joinChat } from '../../lessons/samples/chat-client.js';
import { guestLines } from '../../src/widgets/chat-bench/guest-lines.ts';
import { joinChat as joinTest } from '../support/chat-client.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime } from '../support/wait-for.ts';
import { connectWs, refusedUpgrade } from '../support/ws-client.ts';

/** Starts a server of the samples; it ends with the test. Answers its origin. */
async function startServer(command: string, sample: string, ...args: string[]): Promise<string> {
  const path = fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));
  const child = spawn(command, [path, '0', ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [address] = (await inTime('an address', once(child.stdout, 'data'))) as [Buffer];
  return address.toString().trim().replace('ws:', 'http:');
}

const hasWebsockets = spawnSync('python3', ['-c', 'import websockets.asyncio.server']).status === 0;
const servers: [string, string][] = [
  [process.execPath, 'chat-server.mjs'],
  ...(hasWebsockets ? [['python3', 'chat_server.py'] as [string, string]] : []),
];

describe.each(servers)('%s %s', (command, sample) => {
  const start = async () => {
    const origin = await startServer(command, sample);
    const join = async (name: string) => {
      const client = await connectWs({ origin }, `/?name=${name}`);
      const next = async () => JSON.parse(await client.next()) as Record<string, unknown>;
      return { ...client, next, say: (message: unknown) => client.socket.send(JSON.stringify(message)) };
    };
    return { origin, join };
  };

  it('acknowledges, tells all in one order, and gives history to who comes', async () => {
    const { join } = await start();
    const alice = await join('Alice');
    expect(await alice.next()).toMatchObject({ type: 'history', members: ['Alice'], messages: [] });
    const bob = await join('Bob');
    expect(await alice.next()).toEqual({ type: 'join', name: 'Bob' });
    expect(await bob.next()).toMatchObject({ you: 'Bob', members: ['Alice', 'Bob'] });
    bob.say({ type: 'message', text: 'Hello!', clientId: 'b-1' });
    expect(await bob.next()).toEqual({ type: 'ack', clientId: 'b-1', id: 1 });
    expect(await bob.next()).toMatchObject({ type: 'message', id: 1, text: 'Hello!' });
    expect(await alice.next()).toMatchObject({ type: 'message', id: 1, name: 'Bob' });
    const carol = await join('Carol');
    expect(await carol.next()).toMatchObject({ messages: [{ id: 1, text: 'Hello!' }] });
  });

  it('names the field of what it cannot read, and lives; whoever goes is gone', async () => {
    const { origin, join } = await start();
    const alice = await join('Alice');
    await alice.next();
    alice.say({ type: 'message', content: 'Hello!' });
    expect(await alice.next()).toMatchObject({ type: 'error', message: 'text: expected a text' });
    alice.socket.send('Hello Server!');
    expect(await alice.next()).toMatchObject({ type: 'error' });
    const second = await connectWs({ origin }, '/?name=Alice');
    expect(await second.closed).toEqual({ code: 4409, reason: 'that name is taken' });
    const bob = await join('Bob');
    await alice.next();
    bob.socket.terminate();
    expect(await alice.next()).toEqual({ type: 'leave', name: 'Bob' });
  });
});

it('chat-server.mjs lets in pages of its own origins only', async () => {
  const origin = await startServer(process.execPath, 'chat-server.mjs', 'https://chat.example');
  const path = '/?name=Eve';
  expect((await refusedUpgrade({ origin }, path, { origin: 'https://evil.example' })).status).toBe(401);
  const { socket } = await connectWs({ origin }, path, { origin: 'https://chat.example' });
  expect(socket.readyState).toBe(WebSocket.OPEN);
});

it('chat-client.js shows what it says as waiting, then among the messages of all', async () => {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const alice = await joinTest(sandbox, lab, 'Alice');
  alice.say({ type: 'message', text: 'first' });
  await alice.heardOf('message');
  const shown: [string[], string[]][] = [];
  let changed = (): void => undefined;
  const address = `${sandbox.origin.replace('http', 'ws')}${lab.path('chat?name=Bob')}`;
  const bob = joinChat(address, (messages: { text: string }[], waiting: string[]) => {
    shown.push([messages.map(({ text }) => text), waiting]);
    changed();
  });
  onTestFinished(() => {
    bob.socket.close();
  });
  const until = (count: number): Promise<void> =>
    inTime(
      `change ${String(count)}`,
      new Promise((resolve) => {
        changed = () => {
          if (shown.length >= count) resolve();
        };
        changed();
      }),
    );
  await until(1);
  bob.say('second');
  await until(3);
  expect(shown).toEqual([
    [['first'], []],
    [['first'], []],
    [['first', 'second'], []],
  ]);
});

it.each(['Node 22+', 'curl, to say', 'curl, to ask'])('the line for %s joins the room', async (label) => {
  const sandbox = await startSandbox();
  const lab = await openLab(sandbox);
  const alice = await joinTest(sandbox, lab, 'Alice');
  const messages = `${sandbox.origin}${lab.path('chat/messages')}`;
  const line = guestLines(`${sandbox.origin.replace('http', 'ws')}${lab.path('chat')}`, messages).find(
    (each) => each.label === label,
  );
  const nodePath = process.execPath.replace(/\/node$/, '');
  const child = spawn('sh', ['-c', `exec ${line?.line ?? ''}`], {
    env: { ...process.env, PATH: `${nodePath}:${process.env['PATH'] ?? ''}` },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [out] = (await inTime('its output', once(child.stdout, 'data'))) as [Buffer];
  expect(out.toString()).toMatch(/"messages":\[\]|"id":1/);
  const isGuest = label !== 'curl, to ask';
  if (isGuest) expect((await alice.heardOf('message')).text).toMatch(/^Hello from/);
});
