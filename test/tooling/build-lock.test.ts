import { spawnSync } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../.config/build-lock.ts';
import { temporaryFolder } from './temporary-folder.ts';

const lockIn = async (): Promise<string> => join(await temporaryFolder(), 'build.lock');

/** The number of a process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

describe('withLock', () => {
  it('lets one work after the other, and tells the one that waits', async () => {
    const file = await lockIn();
    const happened: string[] = [];
    const gate = new EventEmitter();
    const first = withLock(file, async () => {
      happened.push('first begins');
      await once(gate, 'open');
      happened.push('first ends');
    });
    await expect.poll(() => happened).toEqual(['first begins']);
    const second = withLock(
      file,
      () => {
        happened.push('second begins');
        return Promise.resolve();
      },
      {
        onWait: () => {
          happened.push('second waits');
          gate.emit('open');
        },
      },
    );
    await Promise.all([first, second]);
    expect(happened).toEqual(['first begins', 'second waits', 'first ends', 'second begins']);
  });

  it('is free again after work that failed', async () => {
    const file = await lockIn();
    await expect(withLock(file, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(existsSync(file)).toBe(false);
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('takes over the lock of a process that was killed', async () => {
    const file = await lockIn();
    await writeFile(file, String(deadProcess()));
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('takes over a lock that nobody has kept up, though its number is of a living process', async () => {
    const file = await lockIn();
    await writeFile(file, String(process.pid));
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(file, longAgo, longAgo);
    expect(await withLock(file, () => Promise.resolve('done'))).toBe('done');
  });

  it('lets many who find an abandoned lock in one after the other', async () => {
    const file = await lockIn();
    await writeFile(file, String(deadProcess()));
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await Promise.resolve();
      inside--;
    };
    await Promise.all(Array.from({ length: 5 }, () => withLock(file, work)));
    expect({ inside, most }).toEqual({ inside: 0, most: 1 });
    expect(await readdir(join(file, '..'))).toEqual([]);
  });

  it('ends a wait that is interrupted', async () => {
    const file = await lockIn();
    const gate = new EventEmitter();
    const first = withLock(file, () => once(gate, 'open'));
    await expect.poll(() => existsSync(file)).toBe(true);
    const interruption = new AbortController();
    const second = withLock(file, () => Promise.resolve('never'), {
      onWait: () => {
        interruption.abort();
      },
      signal: interruption.signal,
    });
    await expect(second).rejects.toThrow(/abort/i);
    gate.emit('open');
    await first;
  });

  it('throws what the file system says where there can be no lock', async () => {
    const file = await lockIn();
    await mkdir(join(file, 'is-a-folder'), { recursive: true });
    await expect(withLock(join(file, 'is-a-folder', '\0'), () => Promise.resolve('never'))).rejects.toThrow();
  });
});
