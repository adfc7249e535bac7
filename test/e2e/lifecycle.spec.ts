import { expect, test } from './support/fixtures.ts';

test.use({ expectedConsoleErrors: /WebSocket connection to .* failed/ });

test('All six edges of the lifecycle are walked by a live socket', async ({ page }) => {
  await page.goto('/lessons/the-lifecycle/');
  const bench = page.getByRole('region', { name: 'Lifecycle machine' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  const press = (name: string) => bench.getByRole('button', { name, exact: true }).click();
  const state = bench.getByRole('status').filter({ hasText: 'readyState' });

  await press('new WebSocket(url)');
  await expect(state).toContainText('readyState 1, OPEN');
  await press('close()');
  await expect(state).toContainText('readyState 3, CLOSED');
  await expect(bench.getByText('code 1005, no reason, wasClean true').first()).toBeVisible();

  await press('new, then close() at once');
  await expect(bench.getByText('code 1006, no reason, wasClean false').first()).toBeVisible();
  await press('new, to a server that says 403');
  await expect(state).toContainText('5 of 6 edges walked');
  await press('new WebSocket(url)');
  await expect(state).toContainText('readyState 1, OPEN');
  await press('Cut the cable (RST)');
  await expect(state).toContainText('6 of 6 edges walked');
  await press('new WebSocket(url)');
  await expect(state).toContainText('readyState 1, OPEN');
  await press('close()');
  await expect(bench.getByRole('region', { name: 'Three endings' })).toContainText('done');
});
