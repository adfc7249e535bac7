import type { Frame } from '@playwright/test';
import { expect, expectAccessible, test } from './support/fixtures.ts';
import { openBench } from './support/open-bench.ts';

// The snippets fail in the console, as they do in life.
test.use({ expectedConsoleErrors: /CLOSING or CLOSED state|WebSocket connection to|is not defined/ });

test.describe('Snippets as found on the web', () => {
  test('throw in a frame of their own, and lose what the ledger counts', async ({ page }) => {
    const bench = await openBench(page, '/lessons/queueing-and-delivery/', 'Resilience lab');
    await bench.getByLabel('The client, as a whole').selectOption('found-reconnect');
    await bench.getByLabel('What happens to the network').selectOption('');
    await bench.getByLabel(/^A message every/).fill('50');
    await bench.getByLabel(/^Length/).fill('2500');
    await bench.locator('.conditions-panel summary').click();
    await bench.getByRole('button', { name: 'Start the run' }).click();
    await expect(bench.locator('dl[aria-label="Totals to the server"] dd').nth(1)).not.toHaveText(/^\d$/);
    await bench.getByRole('button', { name: 'Cut all connections with RST' }).click();
    await expect(bench.getByText(/nobody caught it: .*retries is not defined/)).toBeVisible();
    await expect(bench.getByText(/^over after/)).toBeVisible();
    await expect(
      bench
        .getByRole('listbox', { name: 'Messages of the page' })
        .getByRole('option', { name: /lost$/ })
        .first(),
    ).toBeVisible();
    await bench.getByText('The lines that run').click();
    await expect(bench.getByText('found-client-reconnect.js')).toBeVisible();
    await expect(page.locator('iframe')).toHaveCount(0);
  });

  test('may not reach the page around them', async ({ page }) => {
    const bench = await openBench(page, '/lessons/queueing-and-delivery/', 'Resilience lab');
    await bench.getByRole('button', { name: 'Start the run' }).click();
    const frame = page.locator('iframe');
    await expect(frame).toHaveAttribute('sandbox', 'allow-scripts');
    const inside = (): Frame | undefined => page.frames().find((one) => one.url().includes('/as-found-'));
    await expect.poll(() => inside()?.evaluate(() => origin)).toBe('null');
    await bench.getByRole('button', { name: 'Stop sending' }).click();
  });
});

test('The code pane shows the lines that run, and lights those that act: the challenge', async ({ page }) => {
  // A run of seconds, and a page with all sources open for axe.
  test.slow();
  const bench = await openBench(page, '/lessons/queueing-and-delivery/', 'Resilience lab');
  await bench.getByText('The lines that run').click();
  await expect(bench.getByText('found-client-queue.js')).toBeVisible();
  await bench.getByLabel('The client, as a whole').selectOption('everything');
  await bench.getByLabel('What happens to the network').selectOption('');
  await bench.getByLabel(/^A message every/).fill('50');
  await bench.getByLabel(/^Length/).fill('5000');
  await expect(bench.getByRole('tab', { name: 'backoff.ts' })).toBeVisible();
  await expect(bench.locator('.code-token').first()).toBeVisible();
  await bench.getByText('Parameters of the parts that are on').click();
  await bench.getByLabel(/^Sends again after/).fill('200');
  // A greeting that is dropped costs a whole attempt.
  await bench.getByLabel(/^An attempt may take/).fill('500');
  const panel = bench.locator('.conditions-panel');
  await panel.locator('summary').click();
  await panel.getByRole('textbox', { name: /^Dropped/ }).fill('5');
  await panel.getByRole('textbox', { name: /^Doubled/ }).fill('5');
  await expect(
    panel.getByText(/^Imposed: 5 % of messages dropped, 5 % of messages doubled/).first(),
  ).toBeVisible();
  await bench.getByRole('button', { name: 'Start the run' }).click();
  await expect(bench.locator('dl[aria-label="Totals to the server"] dd').nth(1)).not.toHaveText(/^\d$/);
  await bench.getByRole('button', { name: 'Cut all connections with RST' }).click();
  await expect(bench.locator('.code-line[data-lit]').first()).toBeVisible();
  await expect(bench.getByText(/^over after/)).toBeVisible({ timeout: 30_000 });
  await expect(bench.getByRole('region', { name: 'Once, in effect' }).getByText('done')).toBeVisible();
  await expectAccessible(page);
});
