import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseOptions } from '../../sandbox-server/options.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const table = /<!-- flags -->([^]*)<!-- \/flags -->/.exec(readme)?.[1] ?? '';

it('The README lists every flag that --help lists, and no other, in the same words with the same defaults', () => {
  const help = parseOptions(['--help'], {});
  if (help.kind !== 'help') throw new Error('--help asks for help');
  const ofHelp = [...help.text.matchAll(/^ {2}(--\S+(?: <[^>]+>)?) {2,}(.+)$/gm)].map(([, flag, says]) => ({
    flag,
    says,
  }));
  const ofReadme = [...table.matchAll(/^\| `(--[^`]+)` +\| (.+?) +\|$/gm)].map(([, flag, says]) => ({
    flag,
    says,
  }));
  expect(ofHelp.length).toBeGreaterThan(10);
  expect(ofReadme).toEqual(ofHelp);
});
