import type { APIRequestContext } from '@playwright/test';
import { expect, expectAccessible, expectReadableColors, test, useTheme } from './support/fixtures.ts';
import { pages } from './support/pages.ts';

const notFound = '/there-is-no-such-page/';
// The browser itself logs a page that is a 404.
test.use({ expectedConsoleErrors: /404 \(Not Found\)/ });

const statusOf = (path: string): number => (path === notFound ? 404 : 200);

/** What a page holds that has the anchor of a link; nothing is asked of it for a link without one. */
const idOf = (hash: string): string => (hash === '' ? '' : `id="${decodeURIComponent(hash.slice(1))}"`);

interface Answer {
  status: number;
  text: string;
}

/** Many pages link to the same few: each is asked for once. */
const answers = new Map<string, Answer>();

async function answerOf(pathname: string, request: APIRequestContext): Promise<Answer> {
  const known = answers.get(pathname);
  if (known) return known;
  const response = await request.get(pathname, { headers: { Accept: 'text/html' } });
  const answer = { status: response.status(), text: await response.text() };
  answers.set(pathname, answer);
  return answer;
}

for (const path of [...pages, notFound]) {
  test.describe(path, () => {
    test('has no fault that axe finds, dark or light', async ({ page }) => {
      await useTheme(page, 'dark');
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(path);
      const root = page.locator('html');
      await expect(root).toHaveAttribute('data-theme', 'dark');
      await expectAccessible(page);
      // A theme changes colours, and nothing else.
      await root.evaluate((element) => {
        element.setAttribute('data-theme', 'light');
      });
      await expectReadableColors(page);
    });

    test('fits windows of 320, 360 and 1280 pixels', async ({ page }) => {
      await page.setViewportSize({ width: 320, height: 800 });
      await page.goto(path);
      for (const width of [320, 360, 1280]) {
        await page.setViewportSize({ width, height: 800 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${String(width)} pixels`).toBeLessThanOrEqual(0);
      }
    });

    test('never shifts its layout while it loads', async ({ page }) => {
      await page.goto(path);
      await expect(page.locator('html')).toHaveAttribute('data-theme', /.+/);
      await Promise.all(
        [...(await page.locator('astro-island[client="load"]').all())].map((island) =>
          expect(island).not.toHaveAttribute('ssr'),
        ),
      );
      await page.evaluate(() => document.fonts.ready);
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries())
                sum += (entry as PerformanceEntry & { value: number }).value;
            }).observe({ type: 'layout-shift', buffered: true });
            // Buffered entries are handed over before the second frame from now.
            requestAnimationFrame(() =>
              requestAnimationFrame(() => {
                resolve(sum);
              }),
            );
          }),
      );
      // Less than anybody can see: under load Chromium counts a hairline that it has painted too early.
      expect(shift).toBeLessThan(0.001);
    });

    test('has no link into the void', async ({ page, request }) => {
      await page.goto(path);
      const links = await page
        .locator('a[href]')
        .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
      const own = [...new Set(links)]
        .map((link) => new URL(link))
        .filter(({ hostname }) => hostname === '127.0.0.1');
      for (const { pathname, hash } of own) {
        const answer = await answerOf(pathname, request);
        expect(answer.status, pathname).toBe(statusOf(pathname));
        expect(answer.text, `${pathname}${hash}`).toContain(idOf(hash));
      }
    });
  });
}

test('An unknown address is a 404 that shows the way', async ({ page }) => {
  const response = await page.goto(notFound);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
});

test('The search finds the handshake', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('button', { name: /Search/ })
    .first()
    .click();
  await page
    .getByRole('textbox', { name: /Search/ })
    .or(page.getByRole('searchbox'))
    .first()
    .fill('handshake');
  await expect(
    page
      .getByRole('dialog')
      .getByRole('link', { name: /The opening handshake/ })
      .first(),
  ).toBeVisible();
});

test('Every page forbids scripts and connections of others by its policy', async ({ request }) => {
  for (const path of pages) {
    const policy = (await request.get(path)).headers()['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toMatch(/script-src [^;]*'self'/);
    expect(policy).not.toMatch(/script-src [^;]*'unsafe-inline'/);
    expect(policy).not.toMatch(/script-src [^;]*'unsafe-eval'/);
    expect(policy).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/);
  }
});
