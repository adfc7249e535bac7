import { createHash, type Hash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The project's own folder, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** All that a build of the site is made of, as paths from `root`; a test holds the list to what pages import. */
export const siteSources: readonly string[] = [
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'public',
  'lessons',
  'src',
  // The reference page is made from the sandbox's own tables.
  'sandbox-server/limits.ts',
  // How it is built.
  '.config/build-site.ts',
  '.config/compress-folder.ts',
  '.config/tsconfig.base.json',
];

/**
 * A digest of the path and content of every source: a file that was added, changed, renamed or removed changes it, and
 * one that was only touched, or checked out anew, does not. `setting` is what the environment adds to a build.
 */
export async function digestOfSources(
  folder: string = root,
  sources: readonly string[] = siteSources,
  setting: string = process.env['PUBLIC_SANDBOX_ORIGIN'] ?? '',
): Promise<string> {
  const hash = createHash('sha256').update(`${setting}\0`);
  for (const source of sources) await addTo(hash, folder, source);
  return hash.digest('hex');
}

async function addTo(hash: Hash, folder: string, path: string): Promise<void> {
  const content = await readFile(`${folder}/${path}`).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'EISDIR') return undefined;
    throw error;
  });
  if (content !== undefined) {
    hash.update(`${path}\0${String(content.length)}\0`).update(content);
    return;
  }
  for (const name of (await readdir(`${folder}/${path}`)).toSorted()) {
    await addTo(hash, folder, `${path}/${name}`);
  }
}
