import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

async function openSizes(page: Page): Promise<Locator> {
  await page.goto('/lessons/frames/');
  const bench = page.getByRole('region', { name: 'Frame sizes' });
  await expect(bench.locator('.status-pill')).toContainText('live');
  return bench;
}

const rows = (bench: Locator): Locator =>
  bench.getByRole('table', { name: 'What each message cost on the wire' }).getByRole('row');

test('Frame sizes: the header grows in three steps, both ways', async ({ page }) => {
  const bench = await openSizes(page);
  const steps: [size: string, client: string, server: string][] = [
    ['0', '6', '2'],
    ['125', '6', '2'],
    ['126', '8', '4'],
    ['65,535', '8', '4'],
    ['65,536', '14', '10'],
  ];
  for (const [index, [size, client, server]] of steps.entries()) {
    await bench.getByRole('button', { name: size, exact: true }).click();
    const sent = rows(bench)
      .nth(1 + 2 * index)
      .getByRole('cell');
    const echoed = rows(bench)
      .nth(2 + 2 * index)
      .getByRole('cell');
    await expect(sent.nth(1)).toHaveText(client);
    await expect(sent.nth(2)).toHaveText(size);
    await expect(echoed.nth(1)).toHaveText(server);
    await expect(echoed.nth(2)).toHaveText(size);
  }
  await expect(bench.getByText(/Headers so far: client 42 bytes.*server 22 bytes/)).toBeVisible();
});

test('Frame sizes: a browser cuts 200,000 bytes into frames, the server answers in one', async ({ page }) => {
  const bench = await openSizes(page);
  await bench.getByRole('button', { name: '200,000', exact: true }).click();
  const sent = rows(bench).nth(1).getByRole('cell');
  const echoed = rows(bench).nth(2).getByRole('cell');
  await expect(echoed.nth(2)).toHaveText('200,000');
  await expect(echoed.nth(0)).toHaveText('1');
  await expect(sent.nth(2)).toHaveText('200,000');
  expect(Number(await sent.nth(0).innerText())).toBeGreaterThan(1);
  await expect(
    bench.getByText(/^The client cut 200,000 bytes into \d+ frames: [\d,]+ \+ .*headers of 14 \+ /),
  ).toBeVisible();
});

test('Frame sizes: a size of one’s own, and a second connection after the first was closed', async ({
  page,
}) => {
  const bench = await openSizes(page);
  await bench.getByLabel(/^or/).fill('300');
  await bench.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(rows(bench).nth(2).getByRole('cell').nth(2)).toHaveText('300');
  await bench.getByText(/^The whole connection on the wire/).click();
  await expect(bench.getByRole('region', { name: 'The wire' })).toContainText('300 bytes');
  await bench.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(bench.getByRole('button', { name: 'Close', exact: true })).toBeDisabled();
  await bench.getByRole('button', { name: '0', exact: true }).click();
  await expect(rows(bench)).toHaveCount(3);
});
