import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/ping-and-pong/');
  const bench = page.getByRole('region', { name: 'Ping bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** The value that stands beside a name in one of the two lists. */
const fact = (bench: Locator, list: string, name: string): Locator =>
  bench.getByRole('region', { name: list }).locator('dl > div').filter({ hasText: name }).locator('dd');

/** A time as the bench writes it, in milliseconds. */
async function milliseconds(shown: Locator): Promise<number> {
  const [value, unit] = (await shown.innerText()).split(' ');
  return Number(value) * (unit === 's' ? 1000 : 1);
}

const wire = 'What the wire shows';
const script = 'What the script heard';

test.describe('Ping bench: the browser', () => {
  test('answers the server’s pings, and the script hears of none', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect to a server that pings' }).click();
    await expect(fact(bench, wire, 'answered')).toHaveText(/^([4-9]|\d\d+)$/);
    await expect(fact(bench, script, 'open')).toHaveText('1');
    await expect(fact(bench, script, 'message')).toHaveText('0');
    await expect(fact(bench, script, 'ping, pong')).toHaveText('no such event');
    await bench.getByRole('button', { name: 'Disconnect' }).click();
    await expect(fact(bench, script, 'close')).toHaveText('1');
  });

  test('goes on answering while the page hangs, and the page’s messages stop', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect to a server that pings' }).click();
    await bench.getByLabel('The page sends a message every 250 ms').check();
    await expect(fact(bench, script, 'message')).not.toHaveText('0');
    await bench.getByRole('button', { name: 'Hang this page for 3 s' }).click();
    await expect(bench.getByText('The page is back.', { exact: false })).toBeVisible();
    await expect(bench.getByText(/of silence/)).toBeVisible();
    const silent = await milliseconds(fact(bench, wire, 'longest time without a message'));
    expect(silent).toBeGreaterThan(
      2 * (await milliseconds(fact(bench, wire, 'longest time without a pong'))),
    );
  });
});

test.describe('Ping bench: by hand', () => {
  test('is dropped where it does not answer, without a Close', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Be the client' }).click();
    await bench.getByLabel('The server pings').selectOption('every 0.5 s');
    await bench.getByRole('button', { name: 'Connect by hand' }).click();
    await expect(bench.getByText('The TCP connection has ended: fin.')).toBeVisible();
    await expect(bench.getByText(/^PING/).first()).toBeVisible();
    await expect(bench.getByText(/^CLOSE/)).toHaveCount(0);
  });

  test('is answered with its own payload, and not at all to a pong', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Be the client' }).click();
    await bench.getByLabel('The server pings').selectOption('every 10 s');
    await bench.getByRole('button', { name: 'Connect by hand' }).click();
    await bench.getByLabel(/^Payload/).fill('knock');
    await bench.getByRole('button', { name: 'Pong that nobody asked for' }).click();
    await bench.getByRole('button', { name: 'Ping', exact: true }).click();
    await expect(bench.getByText(/^PING 'knock'/)).toBeVisible();
    // One is the client's, unasked; the other the server's answer to the ping.
    await expect(bench.getByText(/^PONG 'knock'/)).toHaveCount(2);
    await bench.getByRole('button', { name: 'Hang up' }).click();
    await expect(bench.getByText('The TCP connection has ended: you ended it.')).toBeVisible();
  });

  test('is closed with 1002 for a ping of 126 bytes', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Be the client' }).click();
    await bench.getByRole('button', { name: 'Connect by hand' }).click();
    await bench.getByLabel(/^Payload/).fill('x'.repeat(126));
    await expect(bench.getByText(/longer than a control frame may be/)).toBeVisible();
    await bench.getByRole('button', { name: 'Ping', exact: true }).click();
    await expect(bench.getByText(/^CLOSE 1002/)).toBeVisible();
  });

  test('passes the challenge by what is on the wire', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Be the client' }).click();
    await bench.getByLabel('The server pings').selectOption('every 0.5 s');
    await bench.getByLabel('Answer pings at once').check();
    await bench.getByRole('button', { name: 'Connect by hand' }).click();
    await bench.getByRole('button', { name: 'Fill to 125 bytes' }).click();
    await bench.getByRole('button', { name: 'Ping', exact: true }).click();
    await bench.getByRole('tab', { name: 'Challenge' }).click();
    await expect(bench.getByRole('region', { name: 'Keep your own heart beating' })).toContainText('done');
  });
});

for (const theme of ['dark', 'light'] as const) {
  test(`Ping bench: has no fault that axe finds once it has run, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect to a server that pings' }).click();
    await expect(fact(bench, wire, 'answered')).not.toHaveText('0');
    await expectAccessible(page);
    await bench.getByRole('tab', { name: 'Be the client' }).click();
    await bench.getByRole('button', { name: 'Connect by hand' }).click();
    await expect(bench.getByText('The connection is open.')).toBeVisible();
    await expectAccessible(page);
  });
}
