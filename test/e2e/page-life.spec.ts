import { chromium, type Locator, type Page } from '@playwright/test';
import { wholeBrowser } from '../../.config/browser.ts';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Waits until the lesson's bench stands on a live lab. */
async function benchOf(page: Page): Promise<Locator> {
  const bench = page.getByRole('region', { name: 'Page life bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/the-pages-own-life/');
  return benchOf(page);
}

async function connect(bench: Locator, client: string): Promise<void> {
  await bench.getByLabel(client).check();
  await bench.getByRole('button', { name: 'Connect' }).click();
  await expect(bench.getByText('The script believes: open')).toBeVisible();
}

const row = (bench: Locator, text: string): Locator =>
  bench.getByRole('row').filter({ hasText: text }).first();

test.describe('Page life bench', () => {
  test('two goodbyes: the browser’s at a reload, the page’s own in pagehide', async ({ page }) => {
    test.slow();
    await connect(await openBench(page), 'setInterval');
    await page.reload();
    let bench = await benchOf(page);
    await expect(row(bench, 'client’s Close 1001')).toBeVisible();
    await connect(bench, 'pagehide and pageshow');
    await bench.getByRole('link', { name: 'to another page' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'The resilient socket' })).toBeVisible();
    await page.goBack();
    bench = await benchOf(page);
    await expect(row(bench, 'client’s Close 1000, “page left”')).toBeVisible();
    await expect(row(bench, 'pagehide, persisted')).toBeVisible();
    // Playwright's browser keeps no page: this one is new.
    await connect(bench, 'pagehide and pageshow');
    await bench.getByRole('tab', { name: 'Challenge' }).click();
    await expect(bench.getByRole('region', { name: 'Two goodbyes' })).toContainText('done');
  });

  test('notes what the page is told: offline and online; and the socket stands', async ({ page }) => {
    const bench = await openBench(page);
    await connect(bench, 'setInterval');
    await expect(bench.getByText(/Longest gap in sight: \d/)).toBeVisible();
    await page.context().setOffline(true);
    await expect(row(bench, 'offline')).toBeVisible();
    // Chromium's offline says nothing of the socket that stands.
    await expect(bench.getByText('The script believes: open')).toBeVisible();
    await page.context().setOffline(false);
    await expect(row(bench, 'online')).toBeVisible();
  });
});

test('a kept page: its connection dies on return, and one closed in pagehide comes back', async ({
  launchOptions,
  baseURL,
}) => {
  test.slow();
  // Playwright switches the back/forward cache off; this browser has it.
  const browser = await chromium.launch({
    ...launchOptions,
    executablePath: wholeBrowser(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const leaveAndReturn = async (client: string): Promise<Locator> => {
    const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
    const bench = await openBench(page);
    await connect(bench, client);
    await bench.getByRole('link', { name: 'to another page' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'The resilient socket' })).toBeVisible();
    await page.goBack({ waitUntil: 'commit' });
    await expect(row(bench, 'pageshow, persisted true')).toBeVisible();
    return bench;
  };
  const found = await leaveAndReturn('setInterval');
  await expect(found.getByText('The script believes: closed, 1006')).toBeVisible();
  await expect(row(found, 'client’s Close 1001')).toBeVisible();
  await expect(row(found, 'freeze')).toBeVisible();
  const kept = await leaveAndReturn('pagehide and pageshow');
  await expect(kept.getByText('The script believes: open')).toBeVisible();
  await expect(row(kept, 'client’s Close 1000, “page left”')).toBeVisible();
  await expect(kept.getByRole('row').filter({ hasText: 'begins' })).toHaveCount(2);
  await browser.close();
});

for (const theme of ['dark', 'light'] as const) {
  test(`Page life bench: no fault that axe finds, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await connect(bench, 'pagehide and pageshow');
    await expect(row(bench, 'begins')).toBeVisible();
    await expectAccessible(page);
  });
}
