import { spawn } from 'node:child_process';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { withLock } from './build-lock.ts';
import { compressFolder } from './compress-folder.ts';
import { digestOfSources, root } from './site-sources.ts';

const dist = join(root, 'dist');

/** Where builds are made; a folder that git, the linter and the formatter already leave alone. */
const workshop = join(root, '.astro');

/** In a built site: the digest of the sources that it was made of. The sandbox serves no dot files. */
const stampName = '.sources';

/** What Astro says that a waiting person wants to know. */
const phases: readonly [pattern: RegExp, says: string][] = [
  [/Syncing content/, 'reading lessons'],
  [/Building static entrypoints/, 'bundling'],
  [/generating static routes/, 'writing pages'],
  [/Building search index/, 'indexing for the search'],
];

/** Whether `dist` holds a whole site made of the sources as they are now. */
async function isFresh(): Promise<boolean> {
  const stamp = await readFile(join(dist, stampName), 'utf8').catch(() => undefined);
  return stamp !== undefined && stamp === (await digestOfSources());
}

/**
 * Builds the site into `dist`, or with `ifStale` spares one that is of the sources as they are. It is built beside and
 * put there whole: an interrupted build leaves what was there before. Two builds at once wait for each other.
 * Throws an error with all that Astro said where it fails, and an `AbortError` when `signal` is.
 */
export async function buildSite({
  ifStale,
  signal,
}: {
  ifStale: boolean;
  signal: AbortSignal;
}): Promise<void> {
  if (ifStale && (await isFresh())) return;
  await withLock(
    join(workshop, 'build.lock'),
    async () => {
      if (ifStale && (await isFresh())) return;
      await build(signal);
    },
    { onWait: () => tell('Another build is running here. Waiting for it …'), signal },
  );
}

async function build(signal: AbortSignal): Promise<void> {
  const began = performance.now();
  tell('Building the site …');
  await removeLeftovers();
  const folder = join(workshop, `site-${String(process.pid)}`);
  try {
    // Taken before: a source that changes during the build leaves it stale.
    const digest = await digestOfSources();
    await runAstro(folder, signal);
    tell('  compressing');
    await compressFolder(folder);
    signal.throwIfAborted();
    await writeFile(join(folder, stampName), digest);
    await putInPlace(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  tell(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s.`);
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

function runAstro(folder: string, signal: AbortSignal): Promise<void> {
  const astro = join(root, 'node_modules', 'astro', 'bin', 'astro.mjs');
  const child = spawn(process.execPath, [astro, 'build', '--outDir', folder], {
    cwd: root,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  });
  const output: string[] = [];
  const told = new Set<string>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      output.push(line);
      const says = phases.find(([pattern]) => pattern.test(line))?.[1];
      if (says === undefined || told.has(says)) return;
      told.add(says);
      tell(`  ${says}`);
    });
  }
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  return new Promise((resolve, reject) => {
    child.once('close', (code, endedBy) => {
      if (code === 0) resolve();
      else
        reject(
          failure ?? new Error(`${output.join('\n')}\nastro build ended with ${String(code ?? endedBy)}.`),
        );
    });
  });
}

/** What builds that were killed have left behind. Called under the lock, so that no other build is at work. */
async function removeLeftovers(): Promise<void> {
  await mkdir(workshop, { recursive: true });
  for (const name of await readdir(workshop)) {
    if (/^site-\d+/.test(name)) await rm(join(workshop, name), { recursive: true, force: true });
  }
}

/** Makes a built folder the site, with no more than a moment in which there is none. */
async function putInPlace(folder: string): Promise<void> {
  const former = `${folder}-former`;
  await patiently(() => rename(dist, former)).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
  });
  await patiently(() => rename(folder, dist));
  await rm(former, { recursive: true, force: true });
}

/** Windows refuses to move a folder while a file of it is being read, which passes. */
async function patiently(move: () => Promise<void>): Promise<void> {
  for (let pause = 50; ; pause *= 2) {
    try {
      await move();
      return;
    } catch (error) {
      if (codeOf(error) === 'ENOENT' || pause > 2000) throw error;
      await wait(pause);
    }
  }
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && 'code' in error ? error.code : undefined;
