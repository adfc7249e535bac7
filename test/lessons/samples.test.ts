import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox-server/sandbox.ts';
import { sampleFiles } from './lesson-file.ts';

const pathOf = (sample: string): string =>
  fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));

const running = new Set<ChildProcess>();

/** Starts a program; what still runs after a test is ended. */
function start(command: string, args: string[]): ChildProcess {
  const child = spawn(command, args);
  running.add(child);
  return child;
}

/** Runs a program to its end. */
async function run(
  command: string,
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const child = start(command, args);
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}

/** Whether the machine has a program that answers to these arguments. */
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

describe('the samples that need a sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, logLevel: 'silent' });
  });
  afterAll(async () => {
    await sandbox.close();
  });

  it('first-connection.mjs opens, hears its echo and closes clean', async () => {
    const { code, out } = await run(process.execPath, pathOf('first-connection.mjs'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual([
      'readyState right after the constructor: 0',
      'open; only from here on may you send',
      'the server says: hello',
      'closed: 1000 "that is all", clean',
    ]);
    expect(code).toBe(0);
  });

  it('send-too-early.mjs fails on its last line, as the lesson says', async () => {
    const { code, err } = await run(process.execPath, pathOf('send-too-early.mjs'), sandbox.origin);
    expect(code).not.toBe(0);
    expect(err).toContain('InvalidStateError');
    const lines = readFileSync(pathOf('send-too-early.mjs'), 'utf8').trimEnd().split('\n');
    expect(err).toContain(`send-too-early.mjs:${String(lines.length)}:`);
  });

  it('handshake-by-hand.mjs comes to an open connection, and the accept values are equal', async () => {
    const { code, out } = await run(process.execPath, pathOf('handshake-by-hand.mjs'), sandbox.origin);
    const [status, expected, received, verdict] = out.trim().split('\n');
    expect(status).toBe('HTTP/1.1 101 Switching Protocols');
    expect(received?.split(': ')[1]).toBe(expected?.split(': ')[1]);
    expect(verdict).toMatch(/^open/);
    expect(code).toBe(0);
  });

  const echoed = [
    'opcode 2: header 2 bytes, payload 0 bytes',
    'opcode 2: header 2 bytes, payload 125 bytes',
    'opcode 2: header 4 bytes, payload 126 bytes',
    'opcode 2: header 4 bytes, payload 65535 bytes',
    'opcode 2: header 10 bytes, payload 65536 bytes',
    'opcode 8: header 2 bytes, payload 2 bytes',
  ];

  it('frames-by-hand.mjs reads back all that it wrote, with the headers of the lesson', async () => {
    const { code, out } = await run(process.execPath, pathOf('frames-by-hand.mjs'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual(echoed);
    expect(code).toBe(0);
  });

  it.runIf(has('python3', '--version'))('frames_by_hand.py reads back the same', async () => {
    const { code, out } = await run('python3', pathOf('frames_by_hand.py'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual(echoed);
    expect(code).toBe(0);
  });

  it('send-in-fragments.mjs hears the pong before the message', async () => {
    const { code, out } = await run(process.execPath, pathOf('send-in-fragments.mjs'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual([
      'pong: still there?',
      'message, 17 bytes: first second last',
      'closed: 1000',
    ]);
    expect(code).toBe(0);
  });

  it.runIf(has('python3', '-c', 'import websockets'))('send_in_fragments.py hears its echo', async () => {
    const { code, out } = await run('python3', pathOf('send_in_fragments.py'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual(["a fragment of the echo: 'first second last'", 'closed: 1000']);
    expect(code).toBe(0);
  });

  it.runIf(has('python3', '-c', 'import websockets'))('first_connection.py hears its echo', async () => {
    const { code, out } = await run('python3', pathOf('first_connection.py'), sandbox.origin);
    expect(out.trim().split('\n')).toEqual(['the server says: hello', 'closed: 1000']);
    expect(code).toBe(0);
  });
});

it('one-read-one-frame.mjs hears what the lesson says that it hears', async () => {
  const { code, out } = await run(process.execPath, pathOf('one-read-one-frame.mjs'));
  expect(out.trim().split('\n')).toEqual([
    'one frame in one write',
    'the server heard "Hello"',
    'two frames in one write',
    'the server heard "Hello"',
    'one frame in two writes',
    'the server heard "He"',
    'the server heard ""',
  ]);
  expect(code).toBe(0);
});

describe('the accept value', () => {
  const ways: [string, string][] = [
    [process.execPath, 'accept-value.mjs'],
    ...(has('python3', '--version') ? [['python3', 'accept_value.py'] as [string, string]] : []),
    ...(has('openssl', 'version') ? [['sh', 'accept-value.sh'] as [string, string]] : []),
  ];

  it.each(ways)('of the RFC’s own key, by %s %s (§1.3)', async (command, sample) => {
    expect(await run(command, pathOf(sample))).toMatchObject({
      code: 0,
      out: 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=\n',
    });
  });

  it.each(ways)('of the key on its command line, by %s %s', async (command, sample) => {
    const { out } = await run(command, pathOf(sample), 'AQIDBAUGBwgJCgsMDQ4PEA==');
    expect(out).toBe('C/0nmHhBztSRGR1CwL6Tf4ZjwpY=\n');
  });
});

describe('answer-the-handshake.mjs', () => {
  /** Starts it on a free port and gives its address once it listens. */
  async function listening(): Promise<URL> {
    const child = start(process.execPath, [pathOf('answer-the-handshake.mjs'), '0']);
    const [line] = (await once(child.stdout ?? child, 'data')) as [Buffer];
    return new URL(line.toString().trim());
  }

  /** Sends a request as it is and gives the status line of the answer. */
  async function statusOf(server: URL, fields: Record<string, string | undefined>, start = 'GET / HTTP/1.1') {
    const { connect } = await import('node:net');
    const legal: Record<string, string | undefined> = {
      Host: server.host,
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'AQIDBAUGBwgJCgsMDQ4PEA==',
      'Sec-WebSocket-Version': '13',
    };
    const lines = Object.entries({ ...legal, ...fields }).filter(([, value]) => value !== undefined);
    const socket = connect(Number(server.port), server.hostname);
    socket.write(
      `${[start, ...lines.map(([name, value]) => `${name}: ${value ?? ''}`)].join('\r\n')}\r\n\r\n`,
    );
    const [head] = (await once(socket, 'data')) as [Buffer];
    socket.destroy();
    return head.toString('latin1').split('\r\n')[0];
  }

  it('opens a connection for a real client, says hello and closes with 1000', async () => {
    const socket = new WebSocket(await listening());
    const [message] = (await once(socket, 'message')) as [MessageEvent];
    expect(message.data).toBe('hello');
    const [close] = (await once(socket, 'close')) as [CloseEvent];
    expect([close.code, close.wasClean]).toEqual([1000, true]);
  });

  it.each([
    ['a legal request', {}, 'GET / HTTP/1.1', 'HTTP/1.1 101 Switching Protocols'],
    ['version 12', { 'Sec-WebSocket-Version': '12' }, 'GET / HTTP/1.1', 'HTTP/1.1 426 Upgrade Required'],
    ['a short key', { 'Sec-WebSocket-Key': 'AQID' }, 'GET / HTTP/1.1', 'HTTP/1.1 400 Bad Request'],
    ['no key', { 'Sec-WebSocket-Key': undefined }, 'GET / HTTP/1.1', 'HTTP/1.1 400 Bad Request'],
    [
      'a foreign Origin',
      { Origin: 'https://example.com.evil.net' },
      'GET / HTTP/1.1',
      'HTTP/1.1 403 Forbidden',
    ],
    ['HTTP/1.0', {}, 'GET / HTTP/1.0', 'HTTP/1.1 400 Bad Request'],
    ['POST', {}, 'POST / HTTP/1.1', 'HTTP/1.1 400 Bad Request'],
    ['no Upgrade', { Upgrade: undefined }, 'GET / HTTP/1.1', 'HTTP/1.1 426 Upgrade Required'],
  ])('answers %s', async (_, fields, startLine, status) => {
    expect(await statusOf(await listening(), fields, startLine)).toBe(status);
  });
});

it('every sample is run here or in another test of samples, or is for the browser', () => {
  const folder = new URL('./', import.meta.url);
  const tested = readdirSync(folder)
    .filter((file) => file.endsWith('samples.test.ts'))
    .map((file) => readFileSync(new URL(file, folder), 'utf8'))
    .join('\n');
  // Started as a program, or imported.
  const untested = sampleFiles().filter(
    (sample) => !tested.includes(`'${sample}'`) && !tested.includes(`samples/${sample}'`),
  );
  expect(untested).toEqual(sampleFiles().filter((sample) => sample.endsWith('.browser.js')));
});
