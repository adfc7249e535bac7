import type { APIRoute } from 'astro';
import { foundNames, isFoundName } from '../widgets/seed-frame/found-names.ts';
import witness from '../widgets/seed-frame/frame-witness.js?raw';
import { snippets } from '../widgets/seed-frame/snippets.ts';

export const getStaticPaths = () => foundNames.map((snippet) => ({ params: { snippet } }));

/**
 * The document of the sandboxed frame in which a snippet as found on the web runs, as it stands in its file. Its
 * scripts are inline, since such a frame has no origin, and may load nothing of ours.
 */
export const GET: APIRoute = ({ params: { snippet = '' } }) =>
  new Response(
    `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>A snippet as found on the web</title>
<script>
${witness}</script>
<script>
${isFoundName(snippet) ? snippets[snippet] : ''}</script>
</html>
`,
    { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  );
