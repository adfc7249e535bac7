import { readdir, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** What is not compressed already: a font or a picture is, and so are the search's index files. */
const compressible = new Set(['.html', '.css', '.js', '.mjs', '.json', '.svg', '.txt', '.xml', '.wasm']);

/** A smaller file fits one packet anyway, bytes. */
const smallest = 1024;

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** Writes a `.gz` and a `.br` beside each file of a built site that gains by it; the sandbox serves them as asked. */
export async function compressFolder(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && compressible.has(extname(entry.name)));
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    const bytes = await readFile(path);
    if (bytes.length < smallest) continue;
    const [gzipped, brotli] = await Promise.all([
      toGzip(bytes, { level: constants.Z_BEST_COMPRESSION }),
      toBrotli(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
    ]);
    await keepIfSmaller(`${path}.gz`, gzipped, bytes.length);
    await keepIfSmaller(`${path}.br`, brotli, bytes.length);
  }
}

async function keepIfSmaller(path: string, compressed: Buffer, thanBytes: number): Promise<void> {
  if (compressed.length < thanBytes) await writeFile(path, compressed);
}
