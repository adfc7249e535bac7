import type { APIRoute } from 'astro';
import errors from '../../lessons/samples/found-client-errors.js?raw';
import heartbeat from '../../lessons/samples/found-client-heartbeat.js?raw';
import queue from '../../lessons/samples/found-client-queue.js?raw';
import reconnect from '../../lessons/samples/found-client-reconnect.js?raw';
import { foundNames } from '../widgets/seed-frame/found-names.ts';
import witness from '../widgets/seed-frame/frame-witness.js?raw';

const snippets: Readonly<Record<string, string>> = { errors, heartbeat, queue, reconnect };

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
${snippets[snippet] ?? ''}</script>
</html>
`,
    { headers: { 'Content-Type': 'text/html; charset=utf-8' } },
  );
