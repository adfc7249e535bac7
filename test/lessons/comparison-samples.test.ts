import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fiveAndFive } from '../../lessons/challenges/five-and-five.ts';
import { resumeEvents } from '../../lessons/challenges/resume-events.ts';
import type { WireEvent } from '../../src/contract/wire-event.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { openLab } from '../support/open-lab.ts';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime } from '../support/wait-for.ts';

const pathOf = (sample: string): string =>
  fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));

/** Starts a sample; it ends with the test. */
function start(sample: string, ...args: string[]) {
  const program = sample.endsWith('.py') ? 'python3' : process.execPath;
  const child = spawn(program, [pathOf(sample), ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Runs a sample to its end; answers the lines that it printed. */
async function run(sample: string, ...args: string[]): Promise<string[]> {
  const child = start(sample, ...args);
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await inTime(`the end of ${sample}; it printed ${printed}`, once(child, 'close'));
  return printed.trim().split('\n');
}

/** Starts the sample's own server of events; answers its address. */
async function eventsServer(): Promise<string> {
  const child = start('events-server.mjs', '0');
  const [line] = (await inTime('its address', once(child.stdout, 'data'))) as [Buffer];
  return line.toString().trim();
}

describe.each(['resume-events.mjs', 'resume_events.py'])('%s', (sample) => {
  it('hears three events, comes back, and hears the three that follow', async () => {
    const lines = await run(sample, await eventsServer());
    const ids = lines.flatMap((line) => /^event (\d+): news \1$/.exec(line)?.[1] ?? []).map(Number);
    const [first = 0] = ids;
    expect(ids).toEqual([0, 1, 2, 3, 4, 5].map((step) => first + step));
    expect(lines[3]).toBe(`gone, and back with Last-Event-ID: ${String(first + 2)}`);
  });
});

describe('On the feed of a lab', () => {
  it.each(['resume-events.mjs', 'resume_events.py'])('%s passes its challenge', async (sample) => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await lab.call('PUT', 'feed/settings', { messagesPerSecond: 20 });
    await run(sample, sandbox.origin + lab.path('feed/events'));
    const judge = (events: readonly WireEvent[]) => resumeEvents.judge(readLog(events).connections);
    // The end of the last connection may be written down a moment later.
    const events = await lab.logUntil((so) => judge(so).passed);
    expect(judge(events).missing).toEqual([]);
  });

  it('five-polls.mjs passes its challenge', async () => {
    const sandbox = await startSandbox();
    const lab = await openLab(sandbox);
    await run('five-polls.mjs', sandbox.origin + lab.path('feed/poll'));
    const judge = (events: readonly WireEvent[]) => fiveAndFive.judge(readLog(events).connections);
    // The end of the last connection may be written down a moment later.
    const events = await lab.logUntil((so) => judge(so).passed);
    expect(judge(events).missing).toEqual([]);
  });
});

it('five-polls.mjs counts one TCP connection with keep-alive, and five without', async () => {
  const server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await run('five-polls.mjs', `http://127.0.0.1:${String(port)}/`)).toEqual([
    'keep-alive on: five polls, TCP connections: 1',
    'keep-alive off: five polls, TCP connections: 5',
  ]);
});

it('websocket-over-http2.mjs opens a WebSocket by CONNECT, answered 200, beside a GET', async () => {
  const lines = await run('websocket-over-http2.mjs');
  expect(lines[0]).toContain('":method":"CONNECT",":protocol":"websocket"');
  for (const field of ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-accept']) {
    expect(lines.join('\n').toLowerCase()).not.toContain(field);
  }
  expect(lines.slice(1)).toEqual([
    'client sees status 200',
    'server reads 8182000000006869',
    'client reads 810568656c6c6f',
    'beside it, a GET is answered 404',
  ]);
});
