import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/heartbeats/');
  const bench = page.getByRole('region', { name: 'Lie detector' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** The cells of an illness: TCP keep-alive, server ping, the page asks, the server asks. */
const cells = (bench: Locator, illness: string): Locator =>
  bench.getByRole('row').filter({ hasText: illness }).getByRole('cell');

const fact = (bench: Locator, name: string): Locator =>
  bench.getByLabel('The page’s heartbeat').locator('div').filter({ hasText: name }).locator('dd');

/** What is imposed now, in words. */
const network = (bench: Locator): Locator => bench.locator('.conditions-now');

/** Makes the page believe that its tab is hidden, or not: no headless browser hides one. */
const seem = (page: Page, state: 'hidden' | 'visible'): Promise<void> =>
  page.evaluate((wanted) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => wanted });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test.describe('Lie detector', () => {
  test('measures who notices a black hole, a page that hangs and a half-dead proxy', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('Each asks every, and waits').selectOption('0.5 s');
    await bench.getByRole('button', { name: 'Run the first three' }).click();
    const expected: Record<string, readonly RegExp[]> = {
      'Black hole': [/Noticed nothing/, /Server, after/, /Page, after/, /Server, after/],
      'Page that hangs': [/Noticed nothing/, /Noticed nothing/, /Noticed nothing/, /Server, after/],
      'Half-dead proxy': [/Noticed nothing/, /Noticed nothing/, /Page, after/, /Server, after/],
    };
    for (const [illness, verdicts] of Object.entries(expected)) {
      await expect(cells(bench, illness)).toHaveText([...verdicts], { timeout: 15_000 });
    }
    // 2 + 6 bytes, twice a second.
    await expect(cells(bench, 'Black hole').nth(1)).toContainText('960 bytes a minute');
    await expect(network(bench)).toHaveText('Perfect link');
  });

  test('raises no alarm over a hidden tab', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('Each asks every, and waits').selectOption('0.5 s');
    await bench.getByRole('button', { name: 'Run: Hidden tab' }).click();
    await expect(bench.getByText('Now look at another tab')).toBeVisible();
    await seem(page, 'hidden');
    await expect(bench.getByText('This tab is hidden')).toBeVisible();
    await seem(page, 'visible');
    await expect(cells(bench, 'Hidden tab')).toHaveText(Array<RegExp>(4).fill(/No alarm/));
  });

  test('stops in the midst of a run, and leaves nothing imposed', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Run: Black hole' }).click();
    await expect(network(bench)).not.toHaveText('Perfect link');
    await bench.getByRole('button', { name: 'Stop' }).click();
    await expect(network(bench)).toHaveText('Perfect link');
    await expect(bench.getByRole('button', { name: 'Run: Black hole' })).toBeEnabled();
    await expect(cells(bench, 'Black hole').first()).toHaveText('not measured yet');
  });

  test('has the heartbeat of the web leave a timer behind for each connection', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Your own heartbeat' }).click();
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(fact(bench, 'timers that beat')).toHaveText('1');
    await bench.getByRole('button', { name: 'Connect again' }).click();
    await expect(fact(bench, 'timers that beat')).toHaveText('2');
    await bench.getByRole('button', { name: 'End it all' }).click();
    await expect(fact(bench, 'timers that beat')).toHaveText('0');
  });

  test('finds a frozen link with an id and a deadline, and leaves it', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Your own heartbeat' }).click();
    await bench.getByRole('combobox', { name: /^Heartbeat/ }).selectOption('with an id and a deadline');
    await bench.getByRole('combobox', { name: /^Interval/ }).selectOption('0.5 s');
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(fact(bench, 'answers it waited for')).not.toHaveText('0');
    await bench.locator('.conditions-panel summary').click();
    await bench.getByLabel('Whose bytes are held').selectOption('both');
    await expect(fact(bench, 'it says')).toHaveText('dead: given up');
    await expect(fact(bench, 'readyState')).toHaveText('CLOSING');
  });

  for (const theme of ['light', 'dark'] as const) {
    test(`is accessible in its ${theme} theme, and on a phone`, async ({ page }) => {
      await useTheme(page, theme);
      await page.setViewportSize({ width: 360, height: 800 });
      const bench = await openBench(page);
      await bench.getByLabel('Each asks every, and waits').selectOption('0.5 s');
      await bench.getByRole('button', { name: 'Run: Black hole' }).click();
      await expect(cells(bench, 'Black hole').nth(1)).toContainText('Server, after');
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    });
  }
});
