import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './site-sources.ts';

/** What the scripts of a page may weigh before a learner touches anything, gzip, bytes (1 kB = 1000 bytes). */
const budget = 130_000;

const dist = join(root, 'dist');
const weights = new Map<string, { bytes: number; imports: string[] }>();

/** The scripts that a page asks for by itself: elements, preloads, and the islands with their renderer. */
function scriptsOf(html: string): string[] {
  const scripts = [
    ...html.matchAll(/<script[^>]*\ssrc="([^"]+\.js)"/g),
    ...html.matchAll(/<link rel="modulepreload" href="([^"]+\.js)"/g),
  ];
  const islands = html.matchAll(/(?:component-url|renderer-url|before-hydration-url)="([^"]+\.js)"/g);
  return [...scripts, ...islands].map(([, path]) => path ?? '').filter((path) => path.startsWith('/'));
}

/** What a script weighs and which others it cannot start without. */
async function weigh(path: string): Promise<{ bytes: number; imports: string[] }> {
  const known = weights.get(path);
  if (known) return known;
  const code = await readFile(join(dist, path), 'utf8');
  const imports = [...code.matchAll(/(?:from|import)\s*["'](\.{0,2}\/[^"']+\.js)["']/g)].map(([, target]) =>
    posix.join(dirname(path), target ?? ''),
  );
  const weight = { bytes: gzipSync(code, { level: 9 }).length, imports };
  weights.set(path, weight);
  return weight;
}

/** The gzip bytes of all scripts that a page loads by itself, each counted once. */
async function pageWeight(html: string): Promise<number> {
  const seen = new Set<string>();
  const open = scriptsOf(html);
  let sum = 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const { bytes, imports } = await weigh(path);
    sum += bytes;
    open.push(...imports);
  }
  return sum;
}

const files = await readdir(dist, { recursive: true });
const pages = files.filter((file) => file.endsWith('.html')).toSorted();
for (const page of pages) {
  const weight = await pageWeight(await readFile(join(dist, page), 'utf8'));
  const isTooHeavy = weight > budget;
  process.stdout.write(
    `${(weight / 1000).toFixed(1).padStart(7)} kB  ${page}${isTooHeavy ? `  over the budget of ${String(budget / 1000)} kB` : ''}\n`,
  );
  if (isTooHeavy) process.exitCode = 1;
}
