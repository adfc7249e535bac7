import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's own folder. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** All that a build of the site is made of. The reference page is made from the sandbox's own tables. */
const sources = [
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'src',
  'lessons',
  'public',
  'sandbox-server',
  '.config',
];

const stampFile = join(root, 'node_modules', '.cache', 'ws101', 'site.stamp');

/** A digest of every source's path, size and time of change: a file that was added, changed or removed changes it. */
async function digest(): Promise<string> {
  const hash = createHash('sha256');
  for (const source of sources) await addTo(hash, source);
  return hash.digest('hex');
}

async function addTo(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const info = await stat(join(root, path));
  if (!info.isDirectory()) {
    hash.update(`${path}\0${String(info.size)}\0${String(info.mtimeMs)}\n`);
    return;
  }
  for (const name of (await readdir(join(root, path))).toSorted()) await addTo(hash, `${path}/${name}`);
}

/** Whether the built site is of the sources as they are now. */
export async function isFresh(): Promise<boolean> {
  const [stamp, built] = await Promise.all([
    readFile(stampFile, 'utf8').catch(() => undefined),
    stat(join(root, 'dist', 'index.html')).catch(() => undefined),
  ]);
  return stamp !== undefined && built !== undefined && stamp === (await digest());
}

/** Whatever is built from here on counts as unfinished, until `markFresh()`. */
export const markStale = (): Promise<void> => rm(stampFile, { force: true });

/** The build is complete. `sourcesBefore` is what it was made of: a file changed meanwhile leaves it stale. */
export async function markFresh(sourcesBefore: string): Promise<void> {
  await mkdir(dirname(stampFile), { recursive: true });
  await writeFile(stampFile, sourcesBefore);
}

export { digest as digestOfSources };
