import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** Nobody waits longer than that without a word, ms. */
const silenceMs = 10_000;

/** How much of what a command said is repeated when it fails, lines. */
const repeatedLines = 8;

/** A command that may take minutes and may not come back. */
interface LongCommand {
  /** What a reader is told that is done. */
  says: string;
  command: string;
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
  /** Given up after so long, ms. */
  limitMs: number;
}

/**
 * Runs a command without its output: says every few seconds how far it is, and its last lines if it fails. Resolves to
 * whether it succeeded; a command that is not there or takes longer than its limit has failed.
 */
export async function runWithProgress({ says, command, args, env, limitMs }: LongCommand): Promise<boolean> {
  const began = performance.now();
  const seconds = (): string => `${((performance.now() - began) / 1000).toFixed(0)} s`;
  const tell = (line: string): void => void process.stderr.write(`  ${line}\n`);
  tell(`${says} …`);
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: AbortSignal.timeout(limitMs),
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      if (line.trim() === '') return;
      said.push(line.trimEnd());
      if (said.length > repeatedLines) said.shift();
    });
  }
  const progress = setInterval(() => {
    tell(`${seconds()}: ${said.at(-1) ?? 'no answer yet'}`);
  }, silenceMs);
  const failure = await new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => {
      resolve(error.name === 'AbortError' ? `given up after ${seconds()}` : error.message);
    });
    // Not 'close': a grandchild that outlives the command may hold its pipes open.
    child.once('exit', (code, signal) => {
      resolve(code === 0 ? undefined : `it ended with ${String(code ?? signal)}`);
    });
  });
  clearInterval(progress);
  child.stdout.destroy();
  child.stderr.destroy();
  if (failure !== undefined) {
    for (const line of said) tell(`| ${line}`);
    tell(failure);
  }
  return failure === undefined;
}
