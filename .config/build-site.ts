import { spawn } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { compressFolder } from './compress-folder.ts';
import { digestOfSources, isFresh, markFresh, markStale, root } from './site-sources.ts';

const lockFile = join(root, 'node_modules', '.cache', 'ws101', 'build.lock');

/** What Astro says that a waiting person wants to know. */
const phases: readonly [pattern: RegExp, says: string][] = [
  [/Building static entrypoints|building static/i, 'bundling'],
  [/generating static routes/i, 'writing pages'],
  [/Building search index/i, 'indexing for the search'],
];

/** Builds the site, unless it is asked to spare a fresh one. Two builds at once wait for each other. */
export async function buildSite({ ifStale }: { ifStale: boolean }): Promise<void> {
  if (ifStale && (await isFresh())) return;
  const unlock = await lock();
  try {
    if (ifStale && (await isFresh())) return;
    const began = performance.now();
    process.stderr.write('Building the site …\n');
    const sources = await digestOfSources();
    await markStale();
    await runAstro();
    process.stderr.write('  compressing\n');
    await compressFolder(join(root, 'dist'));
    await markFresh(sources);
    process.stderr.write(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.\n`);
  } finally {
    await unlock();
  }
}

function runAstro(): Promise<void> {
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [astro, 'build'], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const said = new Set<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      const says = phases.find(([pattern]) => pattern.test(line))?.[1];
      if (says === undefined || said.has(says)) return;
      said.add(says);
      process.stderr.write(`  ${says}\n`);
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`astro build ended with ${String(code ?? signal)}:\n${output.join('\n')}`));
    });
  });
}

/** Holds the lock of all builds in this folder; one whose holder is gone is taken over. */
async function lock(): Promise<() => Promise<void>> {
  await mkdir(join(lockFile, '..'), { recursive: true });
  for (;;) {
    try {
      await writeFile(lockFile, String(process.pid), { flag: 'wx' });
      return () => rm(lockFile, { force: true });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = Number(await readFile(lockFile, 'utf8').catch(() => ''));
    if (holder > 0 && !isAlive(holder)) await rm(lockFile, { force: true });
    else await wait(200);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
