import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeTokens } from '../../src/components/code-tokens.ts';

const folder = new URL('../../src/resilient-socket/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

describe('codeTokens', () => {
  it.each(files)('shows every character of %s, line by line', async (file) => {
    const code = readFileSync(new URL(file, folder), 'utf8');
    const lines = await codeTokens(code);
    expect(lines.map((line) => line.map(({ text }) => text).join(''))).toEqual(code.split('\n'));
  });

  it('tells a keyword from a comment in both themes', async () => {
    const [[keyword] = [], [comment] = []] = await codeTokens('return 1;\n// why');
    expect([keyword?.text, comment?.text]).toEqual(['return', '// why']);
    expect(keyword?.light).not.toBe(comment?.light);
    expect(keyword?.dark).not.toBe(comment?.dark);
  });
});
