import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

const path = '/reference/resilience-lab/';

/** Opens the page and waits until its bench stands on a live lab. */
async function openLab(page: Page, address = path): Promise<Locator> {
  await page.goto(address);
  const bench = page.getByRole('region', { name: 'Resilience lab', exact: true });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** Sets a short run, with a message every 50 ms. */
async function setUp(bench: Locator, client: string, lengthMs: number): Promise<void> {
  await bench.getByLabel('The client, as a whole').selectOption(client);
  await bench.getByLabel(/^A message every/).fill('50');
  await bench.getByLabel(/^Length/).fill(String(lengthMs));
}

const start = (bench: Locator): Promise<void> => bench.getByRole('button', { name: 'Start the run' }).click();
const isOver = (bench: Locator): Promise<void> =>
  expect(bench.getByText(/^over after/)).toBeVisible({ timeout: 20_000 });

/** A total of a direction. */
const total = (bench: Locator, to: 'server' | 'page', name: string): Locator =>
  bench
    .locator(`dl[aria-label="Totals to the ${to}"] > div`)
    .filter({ has: bench.page().getByText(name, { exact: true }) })
    .locator('dd');

/** Cuts all connections of the lab with RST, once some messages have arrived. */
async function cutInTheMiddle(bench: Locator): Promise<void> {
  await expect(total(bench, 'server', 'applied')).not.toHaveText(/^\d$/);
  await bench.getByRole('button', { name: 'Cut all connections with RST' }).click();
}

/** Opens the conditions panel, where the cut button is. */
async function openConditions(bench: Locator): Promise<void> {
  await bench.locator('.conditions-panel summary').click();
  await expect(bench.getByRole('button', { name: 'Cut all connections with RST' })).toBeVisible();
}

// A closed socket takes what is sent, and only the console hears of it.
test.use({ expectedConsoleErrors: /already in CLOSING or CLOSED state|WebSocket connection to/ });

test.describe('Resilience lab', () => {
  test('a bare socket loses what every part on keeps: ledger, testimonies, reports side by side, link', async ({
    page,
    context,
  }) => {
    const bench = await openLab(page);
    await openConditions(bench);
    await setUp(bench, 'bare', 2000);
    await start(bench);
    await cutInTheMiddle(bench);
    await expect(bench.getByText('closed', { exact: true })).toBeVisible();
    await isOver(bench);
    await expect(total(bench, 'server', 'lost')).not.toHaveText('0');
    await expect(total(bench, 'page', 'lost')).not.toHaveText('0');

    const grid = bench.getByRole('listbox', { name: 'Messages of the page' });
    await grid.focus();
    await page.keyboard.press('End');
    await expect(grid.getByRole('option', { selected: true })).toHaveAccessibleName(/^message \d+: lost$/);
    await expect(bench.getByText('send() has taken it; nothing was heard of it since')).toBeVisible();
    await expect(bench.getByText('it never entered the link')).toBeVisible();
    await page.keyboard.press('Home');
    await expect(bench.getByText(/^Message 1 of the page/)).toBeVisible();
    // The first ones may have been said to a socket that was not open yet.
    await grid
      .getByRole('option', { name: /: arrived$/ })
      .first()
      .click();
    await expect(bench.getByText(/^Message \d+ of the page: arrived/)).toBeVisible();
    await expect(bench.getByText(/^applied once: after/)).toBeVisible();

    await setUp(bench, 'everything', 2000);
    await start(bench);
    await cutInTheMiddle(bench);
    await expect(bench.getByLabel('Attempts').getByText(/then a wait of/)).toBeVisible();
    await isOver(bench);
    for (const to of ['server', 'page'] as const) {
      await expect(total(bench, to, 'lost')).toHaveText('0');
      await expect(total(bench, to, 'doubled')).toHaveText('0');
      await expect(total(bench, to, 'under way')).toHaveText('0');
    }

    const report = bench.locator('.lab-report');
    await expect(report.getByText(/^Run 2: lost 0 and 0, doubled 0 and 0/)).toBeVisible();
    await report.locator('summary').click();
    await expect(report.getByRole('row', { name: /^Lost/ })).toHaveText(
      /^Lost.*0 and 0[1-9]\d* and [1-9]\d*$/,
    );
    await expect(report.getByRole('row', { name: /^Resume/ })).toContainText('off');
    expect(page.url()).toContain('#report=');
    const link = await report.getByLabel('Link to this report').inputValue();
    const figures = await report
      .getByRole('row', { name: /^Messages/ })
      .getByRole('cell')
      .first()
      .innerText();

    const other = await context.newPage();
    const linked = await openLab(other, link);
    await expect(linked.getByRole('row', { name: /^Messages/ }).getByRole('cell')).toHaveText(figures);
    await expect(linked.getByRole('switch', { name: 'Dedupe' })).toBeChecked();
    await expect(linked.getByLabel(/^Length/)).toHaveValue('2000');
    await linked.getByLabel('The address of another report').fill('http://127.0.0.1/#report=abc');
    await linked.getByRole('button', { name: 'Lay it beside' }).click();
    await expect(linked.getByText(/cut off or changed/)).toBeVisible();
  });

  test('a token that has expired locks out a client that comes back, but not one that asks for a fresh one', async ({
    page,
  }) => {
    const bench = await openLab(page);
    await openConditions(bench);
    await setUp(bench, 'reconnect', 3000);
    await bench.getByLabel(/^A token lasts/).fill('400');
    await bench.getByText('Parameters of the parts that are on').click();
    await bench.getByLabel('Attempts in a row').fill('3');
    await bench.getByLabel(/^First delay up to/).fill('300');
    await start(bench);
    await cutInTheMiddle(bench);
    await expect(bench.getByLabel('Attempts').getByText(/limit reached/)).toBeVisible({ timeout: 15_000 });
    await isOver(bench);

    await bench.getByRole('switch', { name: 'Fresh token' }).check();
    await start(bench);
    await cutInTheMiddle(bench);
    await isOver(bench);
    const report = bench.locator('.lab-report');
    await report.locator('summary').click();
    await expect(report.getByRole('row', { name: /^A token/ })).toContainText('lasts 400 ms');
    await expect(report.getByRole('row', { name: /^Fresh token/ })).toContainText('off');
    await expect(bench.getByLabel('Attempts').getByText(/limit reached/)).toHaveCount(0);
  });

  test('refuses an absurd parameter in the words of the part itself', async ({ page }) => {
    const bench = await openLab(page);
    await bench.getByRole('switch', { name: 'Reconnect' }).check();
    await bench.getByText('Parameters of the parts that are on').click();
    await bench.getByLabel(/^First delay up to/).fill('-1');
    await expect(
      bench.getByText('firstMs: expected a number from 0 to 86400000, got -1').first(),
    ).toBeVisible();
    await expect(bench.getByRole('button', { name: 'Start the run' })).toBeDisabled();
    await bench.getByLabel(/^First delay up to/).fill('100');
    await expect(bench.getByRole('button', { name: 'Start the run' })).toBeEnabled();
  });
});

for (const theme of ['dark', 'light'] as const) {
  test(`Resilience lab in its run: no fault that axe finds, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    await page.setViewportSize({ width: 320, height: 700 });
    const bench = await openLab(page);
    await openConditions(bench);
    await setUp(bench, 'reconnect', 20_000);
    await start(bench);
    await cutInTheMiddle(bench);
    await expect(total(bench, 'page', 'lost')).not.toHaveText('0');
    await bench.locator('.lab-report summary').click();
    await expectAccessible(page);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(320);
  });
}
