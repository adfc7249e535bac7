import { codeToTokensWithThemes } from 'shiki';
import type { CodeToken } from '../ui/CodeText.tsx';

/** The grey of the light theme's comments is a shade too light for a lit line. */
const colorReplacements = { 'github-light-high-contrast': { '#66707b': '#4b545d' } };

const themes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

/** The tokens of each line of TypeScript or JavaScript. */
export async function codeTokens(code: string): Promise<CodeToken[][]> {
  const lines = await codeToTokensWithThemes(code, { lang: 'typescript', themes, colorReplacements });
  return lines.map((line) =>
    line.map(({ content, variants }) => ({
      text: content,
      light: variants['light']?.color,
      dark: variants['dark']?.color,
    })),
  );
}
