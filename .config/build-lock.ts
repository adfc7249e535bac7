import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** A holder says so often that it is still at work, ms. */
const heartbeatMs = 2_000;

/** A holder that has been silent for so long is gone, whatever process may have its number now, ms. */
const longestSilenceMs = 15_000;

const retryMs = 200;

/** What a wait for the lock can be told. */
interface Waiting {
  /** Called once, when another process holds the lock. */
  onWait?: () => void;
  signal?: AbortSignal;
}

/** Does the work while no other process works under the same lock file. The lock of a dead process is taken over. */
export async function withLock<T>(file: string, work: () => Promise<T>, waiting: Waiting = {}): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  await take(file, waiting);
  const heartbeat = setInterval(() => {
    const now = new Date();
    // Whoever took the file away meanwhile found this process silent for too long: nothing is left to keep.
    void utimes(file, now, now).catch(() => undefined);
  }, heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    if ((await holderOf(file)) === process.pid) await rm(file, { force: true });
  }
}

async function take(file: string, { onWait, signal }: Waiting): Promise<void> {
  let isTold = false;
  while (!(await tryTake(file))) {
    if (await isAbandoned(file)) {
      // Of all who see this at once only one can rename the file, and a lock taken since is younger than abandoned.
      const grave = `${file}.${String(process.pid)}`;
      await rename(file, grave).catch(() => undefined);
      await rm(grave, { force: true });
      continue;
    }
    if (!isTold) onWait?.();
    isTold = true;
    await wait(retryMs, undefined, signal ? { signal } : {});
  }
}

async function tryTake(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function isAbandoned(file: string): Promise<boolean> {
  const [holder, info] = await Promise.all([holderOf(file), stat(file).catch(() => undefined)]);
  if (!info) return false;
  if (Date.now() - info.mtimeMs > longestSilenceMs) return true;
  return holder !== undefined && !isAlive(holder);
}

/** The process that holds a lock; undefined where nobody does, or where it has not yet written its number. */
async function holderOf(file: string): Promise<number | undefined> {
  const number = Number(await readFile(file, 'utf8').catch(() => ''));
  return number > 0 ? number : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else's is alive too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
