import { readdirSync } from 'node:fs';
import react from '@astrojs/react';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';

/** The listing of a folder is its table of contents: `01-what-is-a-websocket.mdx` comes first. */
const lessons = readdirSync(new URL('./lessons', import.meta.url))
  .filter((file) => /^\d+-.+\.mdx$/.test(file))
  .sort()
  .map((file) => `lessons/${file.replace(/^\d+-/, '').replace(/\.mdx$/, '')}`);

export default defineConfig({
  // A page's styles come with it: on a slow line each further file would keep it blank for a round trip more.
  build: { inlineStylesheets: 'always' },
  devToolbar: { enabled: false },
  prefetch: { prefetchAll: false },
  // Every script is a file of its own: the sandbox's content security policy allows no inline script without a hash.
  vite: {
    build: {
      assetsInlineLimit: 0,
      rolldownOptions: {
        // Astro marks MDX modules with a directive of its own, which the bundler does not know: no news to anybody.
        onLog: (level, log, pass) => {
          if (log.code !== 'MODULE_LEVEL_DIRECTIVE') pass(level, log);
        },
      },
    },
  },
  integrations: [
    starlight({
      title: 'WebSockets 101',
      description: 'Learn the WebSocket protocol on real connections of your own, byte for byte.',
      favicon: '/favicon.svg',
      credits: false,
      disable404Route: true,
      tableOfContents: false,
      customCss: [
        './src/styles/tokens.css',
        './src/styles/fonts.css',
        './src/styles/starlight.css',
        './src/styles/prose.css',
        './src/styles/bench.css',
        './src/styles/print.css',
      ],
      sidebar: [
        { label: 'Lessons', items: lessons },
        {
          label: 'Reference',
          items: [
            'reference/terminal',
            'reference/resilience-lab',
            'reference/your-own-client',
            'reference/sandbox-api',
            'reference/resilient-socket',
            'reference/rules',
            'reference/glossary',
          ],
        },
      ],
      components: {
        Head: './src/components/Head.astro',
        Header: './src/components/Header.astro',
        Hero: './src/components/Hero.astro',
        Search: './src/components/Search.astro',
        SiteTitle: './src/components/SiteTitle.astro',
        Sidebar: './src/components/Sidebar.astro',
        PageTitle: './src/components/PageTitle.astro',
        Pagination: './src/components/Pagination.astro',
        Footer: './src/components/Footer.astro',
      },
      markdown: { processedDirs: ['./lessons'] },
      expressiveCode: {
        themes: ['github-dark', 'github-light'],
        useStarlightUiThemeColors: true,
        // Wrapped, so that a phone shows whole lines and no block is a scroller that the keyboard must enter.
        defaultProps: { wrap: true, preserveIndent: true, overridesByLang: { sh: { frame: 'none' } } },
        styleOverrides: {
          borderRadius: 'var(--ws-radius)',
          borderColor: 'var(--ws-border)',
          codeFontSize: '0.84375rem',
          codeLineHeight: '1.6',
          frames: {
            frameBoxShadowCssValue: 'none',
            editorBackground: 'var(--ws-surface-raised)',
            terminalBackground: 'var(--ws-surface-raised)',
            editorTabBarBackground: 'var(--ws-surface-sunken)',
            editorActiveTabBackground: 'var(--ws-surface-raised)',
            editorActiveTabIndicatorTopColor: 'var(--ws-accent)',
          },
        },
      },
    }),
    react(),
  ],
});
