import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const filesOf = (folder: string, pattern: RegExp): string[] =>
  existsSync(`${root}/${folder}`)
    ? readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' })
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
        .filter((file) => pattern.test(file))
    : [];

const code = ['src', 'sandbox-server', 'lessons', 'test', '.config'].flatMap((folder) =>
  filesOf(folder, /\.(ts|tsx|mjs|astro|css)$/),
);

/** Who may import whom; the linter says the same with a message for each line. */
const mayImport: Record<string, readonly string[]> = {
  'src/protocol': [],
  'src/contract': ['src/protocol'],
  'src/derive': ['src/protocol', 'src/contract'],
  'src/resilient-socket': [],
  'src/use-websocket': ['src/resilient-socket'],
  'src/lab': ['src/protocol', 'src/contract', 'src/derive'],
  'src/ui': ['src/protocol', 'src/contract', 'src/derive'],
  'sandbox-server': ['src/protocol', 'src/contract', 'src/derive', 'src/resilient-socket'],
  'lessons/challenges': ['src/protocol', 'src/contract', 'src/derive'],
};

/** Packages that a layer without I/O may use. */
const purePackages = ['@noble/hashes', '@scure/base', 'fflate'];

const importsOf = (file: string): string[] =>
  [
    ...readFileSync(`${root}/${file}`, 'utf8').matchAll(/^\s*(?:import|export)\b[^;]*?from\s+'([^']+)'/gm),
  ].map(([, target]) => target ?? '');

describe('The arrows between the folders', () => {
  for (const [folder, allowed] of Object.entries(mayImport)) {
    it(`${folder} imports ${allowed.length === 0 ? 'nothing of ours' : allowed.join(', ')}`, () => {
      const files = filesOf(folder, /\.tsx?$/);
      const wrong = files.flatMap((file) =>
        importsOf(file)
          .filter((target) => target.startsWith('.') && !target.endsWith('.json'))
          .map((target) => posix.join(posix.dirname(file), target))
          .filter((path) => ![folder, ...allowed].some((home) => path.startsWith(`${home}/`)))
          .map((path) => `${file} imports ${path}`),
      );
      expect(wrong).toEqual([]);
    });
  }

  it('the pure layers use no package but those without I/O', () => {
    const wrong = ['src/protocol', 'src/contract', 'src/derive'].flatMap((folder) =>
      filesOf(folder, /\.ts$/).flatMap((file) =>
        importsOf(file).filter(
          (target) => !target.startsWith('.') && !purePackages.some((name) => target.startsWith(name)),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** Lines of code, as the linter counts them: none that are empty or a comment; an Astro component's style is a file of its own. */
const linesOf = (file: string): number =>
  readFileSync(`${root}/${file}`, 'utf8')
    .replace(/<style[^>]*>[^]*<\/style>/, '')
    .replaceAll(/^\s*\/\*[^]*?\*\/\s*$/gm, '')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;

/** A test file may be longer: a table of cases is one idea, however long. */
const mostLines = (file: string): number => (file.startsWith('test/') ? 400 : 300);

it('No file of code is longer than 300 lines', () => {
  const long = code
    .map((file) => ({ file, lines: linesOf(file) }))
    .filter(({ file, lines }) => lines > mostLines(file));
  expect(long).toEqual([]);
});

it('No file is called after what it is not', () => {
  expect(code.filter((file) => /(^|[/-])(utils?|helpers?|common|misc)\b/i.test(file))).toEqual([]);
});
