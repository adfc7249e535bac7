import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runWithProgress } from '../../.config/run-with-progress.ts';

const node = (program: string, limitMs = 60_000): Promise<boolean> =>
  runWithProgress({ says: 'a command', command: process.execPath, args: ['-e', program], limitMs });

describe('runWithProgress', () => {
  let told: string;
  beforeEach(() => {
    told = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      told += String(text);
      return true;
    });
  });

  it('is true for a command that succeeds, with the environment that it was given', async () => {
    const isDone = runWithProgress({
      says: 'a command',
      command: process.execPath,
      args: ['-e', 'process.exit(process.env.ANSWER === "42" ? 0 : 1)'],
      env: { ANSWER: '42' },
      limitMs: 60_000,
    });
    expect(await isDone).toBe(true);
  });

  it('is false for a command that fails, and repeats what it said last', async () => {
    expect(await node('console.error("no luck"); process.exit(3)')).toBe(false);
    expect(told).toBe('  a command …\n  | no luck\n  it ended with 3\n');
  });

  it('is false for a command that is not there', async () => {
    const command = { says: 'a command', command: 'ws101-no-such-command', args: [], limitMs: 60_000 };
    expect(await runWithProgress(command)).toBe(false);
    expect(told).toContain('ENOENT');
  });

  it('gives up a command that never ends', async () => {
    expect(await node('setInterval(() => {}, 1000)', 300)).toBe(false);
    expect(told).toContain('given up');
  });

  it('does not wait for a grandchild that holds the output open', async () => {
    const sleeper = 'setTimeout(() => {}, 20_000)';
    const program = `const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { stdio: 'inherit' });
      child.once('spawn', () => process.kill(process.pid, 'SIGKILL'));`;
    expect(await node(program)).toBe(false);
  });
});
