import type { APIRoute } from 'astro';
import { codeTokens } from '../../components/code-tokens.ts';
import { sources } from '../../widgets/code-pane/part-files.ts';
import { snippets } from '../../widgets/seed-frame/snippets.ts';

const files = new Map([
  ...Object.entries(sources),
  ...Object.entries(snippets).map(([name, code]): [string, string] => [`found-client-${name}.js`, code]),
]);

export const getStaticPaths = () => [...files.keys()].map((file) => ({ params: { file } }));

/** The tokens of a file that a widget shows: coloured here, once, so that no learner's browser has to. */
export const GET: APIRoute = async ({ params: { file = '' } }) =>
  Response.json(await codeTokens((files.get(file) ?? '').trimEnd()));
