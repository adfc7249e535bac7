import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { compressFolder } from '../../.config/compress-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

const page = `<!doctype html><title>A page</title>${'<p>the same again</p>'.repeat(200)}`;

it('A page gets a .gz and a .br that hold the same bytes, in any depth', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'lessons', 'one'), { recursive: true });
  const file = join(folder, 'lessons', 'one', 'index.html');
  await writeFile(file, page);
  await compressFolder(folder);
  expect(gunzipSync(await readFile(`${file}.gz`)).toString()).toBe(page);
  expect(brotliDecompressSync(await readFile(`${file}.br`)).toString()).toBe(page);
});

it('What is small, compressed already, or would grow is left alone', async () => {
  const folder = await temporaryFolder();
  await writeFile(join(folder, 'small.css'), 'a{color:red}');
  await writeFile(join(folder, 'font.woff2'), page);
  await writeFile(join(folder, 'noise.js'), randomBytes(4096));
  await compressFolder(folder);
  expect((await readdir(folder)).toSorted()).toEqual(['font.woff2', 'noise.js', 'small.css']);
});
