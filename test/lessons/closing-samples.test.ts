import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../support/start-sandbox.ts';

/** Runs a sample to its end; answers what it prints. */
async function run(sample: string, ...args: string[]): Promise<string[]> {
  const path = fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let printed = '';
  child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(child, 'close');
  return printed.trimEnd().split('\n');
}

it('life-of-a-socket.mjs tells all four states of a connection that opens', async () => {
  const { origin } = await startSandbox();
  expect(await run('life-of-a-socket.mjs', origin)).toEqual([
    'new WebSocket(): CONNECTING',
    'open: OPEN',
    'close() called: CLOSING',
    'close 4000, wasClean true: CLOSED',
  ]);
});

it('life-of-a-socket.mjs tells of a refusal what a page hears of it', async () => {
  const { origin } = await startSandbox();
  const lines = await run('life-of-a-socket.mjs', origin, '?reject=403');
  expect(lines.map((line) => line.split(':')[0])).toEqual([
    'new WebSocket()',
    'error',
    'close 1006, wasClean false',
  ]);
});

it('who-hears-what.mjs tells each end’s code, as the lesson says', async () => {
  expect(await run('who-hears-what.mjs')).toEqual([
    'close(): the client hears 1005, the server 1005',
    'close(1000): the client hears 1000, the server 1000',
    'close(4000, "bye"): the client hears 4000, the server 4000',
    'terminate(): the client hears 1006, the server 1006',
  ]);
});
