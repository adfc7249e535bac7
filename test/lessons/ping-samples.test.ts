import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { blockThePage } from '../../lessons/samples/block-the-page.js';
import { startSandbox } from '../support/start-sandbox.ts';
import { inTime } from '../support/wait-for.ts';

/** Starts a sample; it ends with the test. */
function start(sample: string, ...args: string[]) {
  const path = fileURLToPath(new URL(`../../lessons/samples/${sample}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

/** Reads what a program prints until it holds `text`. */
function until({ stdout }: ReturnType<typeof start>, text: string): Promise<string> {
  const there = new Promise<string>((resolve) => {
    let printed = '';
    stdout.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes(text)) resolve(printed);
    });
  });
  return inTime(`“${text}” from the program`, there);
}

it('ping-once.mjs has its payload back in a pong', async () => {
  const sandbox = await startSandbox();
  const child = start('ping-once.mjs', sandbox.origin);
  const closed = once(child, 'close');
  expect(await until(child, 'ms')).toMatch(/^pong "are you there\?" after \d+\.\d ms/);
  expect((await closed)[0]).toBe(0);
});

it('drop-the-silent.mjs keeps who answers, and ends who does not', async () => {
  const child = start('drop-the-silent.mjs', '0', '60');
  const address = (await until(child, '\n')).trim();
  const answering = new WebSocket(address);
  const silent = new WebSocket(address, { autoPong: false });
  onTestFinished(() => {
    answering.terminate();
  });
  const [code] = (await once(silent, 'close')) as [number];
  expect(code).toBe(1006);
  await once(answering, 'ping');
  expect(answering.readyState).toBe(WebSocket.OPEN);
});

it('block-the-page.js lets no timer fire before it returns', async () => {
  let fired = false;
  const timer = new Promise<void>((resolve) => {
    setTimeout(() => {
      fired = true;
      resolve();
    }, 1);
  });
  blockThePage(20);
  expect(fired).toBe(false);
  await timer;
  expect(fired).toBe(true);
});
