import type { Locator } from '@playwright/test';
import { expect, expectAccessible, expectReadableColors, test, useTheme } from './support/fixtures.ts';
import { openBench } from './support/open-bench.ts';

// A browser logs each handshake that fails, and there are some on purpose.
test.use({ expectedConsoleErrors: /WebSocket connection to .* failed/ });

/** Runs a stampede to its end, and answers what the newest run says in a row of the table. */
async function run(bench: Locator): Promise<(row: string) => Locator> {
  const start = bench.getByRole('button', { name: /^Gather them/ });
  await start.click();
  await expect(start).toBeDisabled();
  await expect(bench.getByText(/All \d+ were back after/)).toBeVisible({ timeout: 40_000 });
  await expect(start).toBeEnabled();
  return (row) =>
    bench
      .getByRole('row')
      .filter({ has: bench.page().getByRole('rowheader', { name: row, exact: true }) })
      .getByRole('cell')
      .first();
}

const choose = (bench: Locator, what: string, value: string): Promise<string[]> =>
  bench.getByLabel(what).selectOption({ label: value });

test.describe('The stampede', () => {
  test('comes in a heap where all wait alike, and spread out where chance decides: the challenge', async ({
    page,
  }) => {
    const bench = await openBench(page, '/lessons/reconnection/', 'Stampede');
    await choose(bench, 'Bots', '50');
    await choose(bench, 'It is down for', '1 s');
    await bench.getByLabel('fixed delay').check();
    const heap = await run(bench);
    await expect(heap('Heard a Close frame')).toHaveText('0 of 51');
    const together = Number(await heap('Most arrivals in 0.1 s').textContent());
    const challenge = bench.getByRole('region', { name: 'No stampede' });
    await expect(challenge.getByText('not yet')).toBeVisible();

    await bench.getByLabel('jittered').check();
    const spread = await run(bench);
    const apart = Number(await spread('Most arrivals in 0.1 s').textContent());
    expect(apart).toBeLessThan(together / 2);
    await expect(challenge.getByText('done')).toBeVisible();
    await expect(bench.getByRole('columnheader')).toHaveCount(2);
  });

  test('is accessible with a run on the table, dark or light', async ({ page }) => {
    await useTheme(page, 'dark');
    const bench = await openBench(page, '/lessons/reconnection/', 'Stampede');
    await choose(bench, 'Bots', '10');
    await choose(bench, 'It is down for', '0 s');
    await bench.getByLabel('fixed delay').check();
    const figure = await run(bench);
    await expect(figure('Heard a Close frame')).toHaveText('0 of 11');
    await expectAccessible(page);
    await page.locator('html').evaluate((root) => {
      root.setAttribute('data-theme', 'light');
    });
    await expectReadableColors(page);
  });

  test('waits in line where the server answers so many a second, and goes home when told to', async ({
    page,
  }) => {
    await useTheme(page, 'dark');
    const bench = await openBench(page, '/lessons/reconnection/', 'Stampede');
    await choose(bench, 'Bots', '50');
    await choose(bench, 'It is down for', '0 s');
    await choose(bench, 'Back up, it answers', '10 a second');
    await bench.getByLabel('exponential').check();
    await bench.getByRole('button', { name: /^Gather them/ }).click();
    await expect(bench.getByText('Imposed: 10 handshakes/s')).toBeVisible();
    await bench.getByRole('button', { name: 'Send everybody home' }).click();
    await expect(bench.getByText('Everybody has gone home.')).toBeVisible();
    await expect(bench.getByText('Perfect link')).toBeVisible();
  });
});

test('The deployment tells every client, and brings all back without a heap: the challenge', async ({
  page,
}) => {
  const bench = await openBench(page, '/lessons/deploying-without-dropping-anyone/', 'Deploy bench');
  await choose(bench, 'Bots', '50');
  await choose(bench, 'The server ends', 'Close 1012, service restart');
  await choose(bench, 'in random order', 'over 5 s');
  await choose(bench, 'It is down for', 'not at all: another is up');
  const figure = await run(bench);
  await expect(figure('Heard a Close frame')).toHaveText('51 of 51');
  await expect(figure('found no server')).toHaveText('0');
  const [acknowledged, sent] =
    ((await figure('Your tab: acknowledged').textContent()) ?? '').match(/\d+/g) ?? [];
  expect(acknowledged).toBe(sent);
  await expect(bench.getByRole('region', { name: 'A quiet deployment' }).getByText('done')).toBeVisible();
});
