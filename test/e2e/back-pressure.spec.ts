import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/back-pressure/');
  const bench = page.getByRole('region', { name: 'Pressure bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** The value that stands beside a name in a list of facts. */
const fact = (bench: Locator, list: string, name: string): Locator =>
  bench
    .getByRole('region', { name: list, exact: true })
    .locator('dl > div')
    .filter({ hasText: name })
    .locator('dd');

const where = 'Where the messages are';

/** Bytes as the bench writes them. */
const bytesIn = (text: string): number => {
  const [, digits = '', unit] = /([\d.]+) (KiB|MiB)/.exec(text) ?? [];
  return Number(digits) * (unit === 'MiB' ? 1_048_576 : 1024);
};

async function sendIn(bench: Locator, way: string): Promise<void> {
  await bench.getByLabel(way, { exact: true }).check();
  await bench.getByRole('button', { name: 'Connect and send' }).click();
  await expect(bench.getByText('making messages …')).toBeVisible();
}

test.describe('Pressure bench', () => {
  test('lets bufferedAmount grow without a bound, and stop at the watermark', async ({ page }) => {
    test.slow();
    const bench = await openBench(page);
    const buffered = fact(bench, where, 'bufferedAmount');
    const read = async (): Promise<number> => bytesIn((await buffered.textContent()) ?? '');
    await sendIn(bench, 'Send and hope');
    await expect.poll(read, { timeout: 20_000 }).toBeGreaterThan(500_000);
    await bench.getByRole('button', { name: 'Hang up' }).click();
    await expect(bench.getByText('hung up', { exact: true })).toBeVisible();
    const thrownAway = bytesIn((await fact(bench, where, 'Thrown away').textContent()) ?? '');
    expect(thrownAway).toBeGreaterThan(500_000);

    await sendIn(bench, 'Wait, and keep the newest');
    const replaced = fact(bench, where, 'replaced');
    await expect(replaced).toHaveText(/; [1-9]\d*; 0$/, { timeout: 20_000 });
    const peak = bytesIn(((await buffered.textContent()) ?? '').split(';')[1] ?? '');
    expect(peak).toBeGreaterThan(250 * 1024);
    expect(peak).toBeLessThan(300 * 1024);
  });

  test('keeps what the server has fresh by acknowledgements: the challenge', async ({ page }) => {
    const bench = await openBench(page);
    await sendIn(bench, 'Newest, eight under way');
    await expect(fact(bench, where, 'Its newest is behind')).not.toHaveText('0 messages, 0.0 s');
    await bench.getByRole('tab', { name: 'Challenge' }).click();
    const challenge = bench.getByRole('region', { name: 'Fresh, not all' });
    await expect(challenge).toContainText('done', { timeout: 20_000 });
  });

  test('shows what the server holds for those who do not read, and that nobody else pays', async ({
    page,
  }) => {
    test.slow();
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Nobody reads' }).click();
    await bench.getByRole('button', { name: 'Bring in the slow readers' }).click();
    const row = (name: RegExp): Locator => bench.getByRole('row', { name });
    await expect(row(/^disconnect/)).toContainText('ended', { timeout: 30_000 });
    await expect(bench.getByText('over', { exact: true })).toBeVisible({ timeout: 40_000 });
    for (const name of [/^drop/, /^keep the newest/]) {
      await expect(row(name).getByRole('cell').nth(1)).toHaveText('1.0 MiB');
      await expect(row(name).getByRole('cell').nth(4)).toHaveText(/^\d+; [1-9]\d*$/);
    }
    const unbounded = (await row(/^none/).getByRole('cell').nth(1).textContent()) ?? '';
    expect(bytesIn(unbounded)).toBeGreaterThan(1.5 * 1_048_576);
    await expect(
      row(/^your page/)
        .getByRole('cell')
        .nth(4),
    ).toHaveText(/^[1-9]\d*; 0$/);
  });

  test('runs WebSocketStream beside WebSocket where the browser has it', async ({ page }) => {
    test.slow();
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'WebSocketStream' }).click();
    const hasIt = await page.evaluate(() => 'WebSocketStream' in window);
    await expect(bench.getByText(hasIt ? 'so both run' : 'has no WebSocketStream')).toBeVisible();
    await bench.getByRole('button', { name: 'Read slowly' }).click();
    const waits = fact(bench, 'WebSocket', 'waiting in its memory');
    // How much it is depends on the machine; that it is far more than a page works off in that time does not.
    await expect
      .poll(async () => bytesIn((await waits.textContent()) ?? ''), { timeout: 20_000 })
      .toBeGreaterThan(1_048_576);
    await expect(bench.getByText('over', { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(fact(bench, 'WebSocket', 'Dropped by the server')).toHaveText('0 messages');
    const stream = fact(bench, 'WebSocketStream', 'Dropped by the server');
    // eslint-disable-next-line playwright/no-conditional-expect, playwright/no-conditional-in-test -- browsers differ in it.
    if (hasIt) await expect(stream).toHaveText(/^[1-9]\d* messages$/);
  });
});

// Its first panel is on the page that all pages' tests look at, in both themes.
test('Pressure bench: no fault that axe finds beside its first panel', async ({ page }) => {
  await useTheme(page, 'light');
  const bench = await openBench(page);
  await bench.getByRole('tab', { name: 'Nobody reads' }).click();
  await expect(bench.getByRole('tabpanel', { name: 'Nobody reads' })).toBeVisible();
  await expectAccessible(page);
});
