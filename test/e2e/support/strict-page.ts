import { readFileSync } from 'node:fs';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';

const root = new URL('../../../', import.meta.url);
const require = createRequire(import.meta.url);
/** React brings its scheduler along. */
const ofReactDom = createRequire(require.resolve('react-dom'));

/** React's development build: the one in which StrictMode runs effects twice. In the order in which they need each other. */
const modules = {
  react: join(dirname(require.resolve('react')), 'cjs/react.development.js'),
  scheduler: join(dirname(ofReactDom.resolve('scheduler')), 'cjs/scheduler.development.js'),
  'react-dom': join(dirname(require.resolve('react-dom')), 'cjs/react-dom.development.js'),
  'react-dom/client': join(dirname(require.resolve('react-dom')), 'cjs/react-dom-client.development.js'),
};

const loader = `window.process = { env: { NODE_ENV: 'development' } };
const loaded = {};
const define = (name, run) => { const module = { exports: {} }; run(module, module.exports, (other) => loaded[other]); loaded[name] = module.exports; };
${Object.entries(modules)
  .map(
    ([name, file]) =>
      `define('${name}', function (module, exports, require) { ${readFileSync(file, 'utf8')} });`,
  )
  .join('\n')}
window.React = loaded.react; window.ReactDOMClient = loaded['react-dom/client'];`;

const names = ['useEffect', 'useEffectEvent', 'useState', 'useSyncExternalStore'];

/**
 * Makes a page, at the sandbox's own origin, that has React's development build as `React` and `ReactDOMClient`, and the
 * repository's hook as `useWebSocket`: the very files, without their types. Needs `bypassCSP`.
 */
export async function openStrictPage(page: Page): Promise<void> {
  await page.route('**/strict/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace('/strict/', '');
    const body =
      path === 'loader'
        ? loader
        : path === 'react'
          ? `export const { ${names.join(', ')} } = window.React;`
          : stripTypeScriptTypes(readFileSync(new URL(path, root), 'utf8'));
    await route.fulfill({ contentType: 'text/javascript', body });
  });
  // A real answer of the sandbox: to a page that came from nowhere, Chromium refuses sockets to this machine.
  await page.goto('/healthz');
  const map = JSON.stringify({ imports: { react: '/strict/react' } });
  await page.setContent(`<!doctype html><title>Strict</title><div id="root"></div>
    <script type="importmap">${map}</script><script src="/strict/loader"></script><script type="module">
      import { useWebSocket } from '/strict/src/use-websocket/use-websocket.ts';
      window.useWebSocket = useWebSocket;
      document.title = 'Ready';
    </script>`);
  await page.waitForFunction(() => document.title === 'Ready');
}
