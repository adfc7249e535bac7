import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOfSources, root, siteSources } from '../../.config/site-sources.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A project of two lessons and a setting. */
async function project(): Promise<{ folder: string; digest: () => Promise<string> }> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'lessons'));
  await writeFile(join(folder, 'lessons', '01-first.mdx'), 'first');
  await writeFile(join(folder, 'lessons', '02-second.mdx'), 'second');
  await writeFile(join(folder, 'package.json'), '{}');
  return { folder, digest: () => digestOfSources(folder, ['package.json', 'lessons']) };
}

describe('digestOfSources', () => {
  const changes: Record<string, (folder: string) => Promise<void>> = {
    'is written anew': (folder) => writeFile(join(folder, 'lessons', '02-second.mdx'), 'other '),
    'is removed': (folder) => rm(join(folder, 'lessons', '02-second.mdx')),
    'is added': (folder) => writeFile(join(folder, 'lessons', '03-third.mdx'), ''),
    'is renamed': (folder) =>
      rename(join(folder, 'lessons', '02-second.mdx'), join(folder, 'lessons', '02-zwei.mdx')),
  };
  for (const [what, change] of Object.entries(changes)) {
    it(`is another when a file ${what}`, async () => {
      const { folder, digest } = await project();
      const before = await digest();
      await change(folder);
      expect(await digest()).not.toBe(before);
    });
  }

  it('is another when a byte moves from one file to the next', async () => {
    const { folder, digest } = await project();
    const before = await digest();
    await writeFile(join(folder, 'lessons', '01-first.mdx'), 'firsts');
    await writeFile(join(folder, 'lessons', '02-second.mdx'), 'econd');
    expect(await digest()).not.toBe(before);
  });

  it('is the same for a file that was only touched', async () => {
    const { folder, digest } = await project();
    const before = await digest();
    await utimes(join(folder, 'package.json'), new Date(), new Date(Date.now() + 60_000));
    expect(await digest()).toBe(before);
  });

  it('is another when the pages are told of another sandbox', async () => {
    const { folder } = await project();
    const here = await digestOfSources(folder, ['lessons'], '');
    expect(await digestOfSources(folder, ['lessons'], 'http://127.0.0.1:4322')).not.toBe(here);
  });
});

it('Whatever a page imports counts as a source of the site', () => {
  const files = ['src', 'lessons'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.(?:ts|tsx|astro|mdx|css)$/.test(file)),
  );
  const ofSandbox = siteSources.filter((source) => source.startsWith('sandbox-server/'));
  const imported = [...files, ...ofSandbox].flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/^\s*import\b[^;]*?'(\.[^'?]+)/gm)].map(
      ([, target]) => posix.join(dirname(file), target ?? ''),
    ),
  );
  expect(imported.some((path) => path.startsWith('sandbox-server/'))).toBe(true);
  const missing = imported.filter(
    (path) => !siteSources.some((source) => path === source || path.startsWith(`${source}/`)),
  );
  expect(missing).toEqual([]);
});
