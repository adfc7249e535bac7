import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
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
