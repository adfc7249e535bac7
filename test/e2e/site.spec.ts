import { expect, expectAccessible, test, useTheme, type Theme } from './support/fixtures.ts';
import { pages } from './support/pages.ts';

const notFound = '/there-is-no-such-page/';
// The browser itself logs a page that is a 404.
test.use({ expectedConsoleErrors: /404 \(Not Found\)/ });

const statusOf = (path: string): number => (path === notFound ? 404 : 200);

/** What a page holds that has the anchor of a link; nothing is asked of it for a link without one. */
const idOf = (hash: string): string => (hash === '' ? '' : `id="${decodeURIComponent(hash.slice(1))}"`);

for (const path of [...pages, notFound]) {
  test.describe(path, () => {
    for (const theme of ['dark', 'light'] satisfies Theme[]) {
      test(`has no fault that axe finds, ${theme}`, async ({ page }) => {
        await useTheme(page, theme);
        await page.emulateMedia({ reducedMotion: 'reduce' });
        await page.goto(path);
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
        await expectAccessible(page);
      });
    }

    for (const width of [320, 360, 1280]) {
      test(`fits a window of ${String(width)} pixels`, async ({ page }) => {
        await page.setViewportSize({ width, height: 800 });
        await page.goto(path);
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow).toBeLessThanOrEqual(0);
      });
    }

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
      expect(shift).toBe(0);
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
        const answer = await request.get(pathname, { headers: { Accept: 'text/html' } });
        expect(answer.status(), pathname).toBe(statusOf(pathname));
        expect(await answer.text(), `${pathname}${hash}`).toContain(idOf(hash));
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
