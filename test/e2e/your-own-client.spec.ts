import { once } from 'node:events';
import type { Locator, Page } from '@playwright/test';
import { WebSocket } from 'ws';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the page and waits until it stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/reference/your-own-client/');
  const bench = page.getByRole('region', { name: 'Your own client' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** The address that the page gives. */
const addressIn = (bench: Locator): Promise<string> => bench.locator('code', { hasText: /^ws:/ }).innerText();

/** What the passport says under a heading beside a name. */
const line = (bench: Locator, part: string, name: string): Locator =>
  bench
    .getByRole('region', { name: part })
    .locator('dl > div')
    .filter({ has: bench.page().locator('dt', { hasText: name }) })
    .locator('dd');

/** A client from outside of the browser, with the address that the page gives; it sends so many messages. */
async function connectFrom(bench: Locator, messages: number): Promise<WebSocket> {
  const socket = new WebSocket(await addressIn(bench));
  await once(socket, 'open');
  for (let sent = 0; sent < messages; sent++) socket.send(`message ${String(sent)}`);
  return socket;
}

test.describe('Your own client', () => {
  test('gets a passport of its handshake and its frames', async ({ page }) => {
    const bench = await openBench(page);
    const socket = await connectFrom(bench, 20);
    await expect(line(bench, 'Handshake', 'Rules of the standard')).toContainText('all held');
    await expect(line(bench, 'Handshake', 'in this order')).toContainText(
      'Sec-WebSocket-Version, Sec-WebSocket-Key',
    );
    await expect(line(bench, 'Frames', 'Messages')).toHaveText(/^20, 20 text/);
    await expect(line(bench, 'Masking-keys', 'Keys')).toContainText('20 different in 20 frames');
    await expect(line(bench, 'Ping', 'Answers a ping')).toContainText('no ping has reached it yet');
    socket.terminate();
    await expect(line(bench, 'Close', 'Closing handshake')).toContainText('not complete');
  });

  test('is pinged and closed on request, and answers on the wire', async ({ page }) => {
    const bench = await openBench(page);
    const socket = await connectFrom(bench, 1);
    const pinged = once(socket, 'ping');
    await bench.getByRole('button', { name: 'Ping it' }).click();
    expect(String((await pinged)[0])).toBe('ping 1');
    await expect(line(bench, 'Ping', 'Answers a ping')).toContainText('1 of 1 answered');
    await bench.getByRole('button', { name: 'Send it a Close' }).click();
    await expect(line(bench, 'Close', 'Its Close frame')).toContainText(
      'code 1000, “that is all”, in answer',
    );
    await expect(line(bench, 'Close', 'Closing handshake')).toContainText('complete: both sent a Close');
    await expect(bench.getByRole('button', { name: 'Ping it' })).toBeDisabled();
  });

  test('shows up on the wire, and the newest is followed until another is chosen', async ({ page }) => {
    const bench = await openBench(page);
    const one = await connectFrom(bench, 1);
    await bench.getByRole('tab', { name: 'On the wire' }).click();
    await expect(bench.getByText(/^TEXT/).first()).toBeVisible();
    await bench.getByRole('tab', { name: 'Passport' }).click();
    const two = await connectFrom(bench, 3);
    await expect(line(bench, 'Frames', 'Messages')).toHaveText(/^3, 3 text/);
    const chips = bench.getByRole('group', { name: 'Connections of this lab' });
    await chips.getByRole('button', { name: /^1 / }).click();
    await expect(line(bench, 'Frames', 'Messages')).toHaveText(/^1, 1 text/);
    one.close();
    two.close();
  });

  test('has a line for every client, with the options that were chosen', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('It agrees to compression').check();
    await bench.getByLabel('It pings').selectOption('every 5 s');
    expect(await addressIn(bench)).toContain('/echo?deflate=1&heartbeat=5000');
    for (const name of ['curl', 'wscat', 'websocat', 'Python', 'Node 22+', 'Go', 'Console']) {
      await bench.getByRole('tab', { name }).click();
      await expect(bench.getByRole('button', { name: `Copy the ${name} line` })).toBeVisible();
      await expect(bench.locator('.own-line code')).toContainText('deflate=1&heartbeat=5000');
    }
  });

  test('takes the console line into its own page', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Console' }).click();
    const echoed = page.waitForEvent('console', (message) => message.text() === 'hello');
    await page.evaluate(await bench.locator('.own-line code').innerText());
    expect((await echoed).text()).toBe('hello');
    await expect(line(bench, 'Handshake', 'Origin')).toContainText('http://127.0.0.1');
  });

  for (const theme of ['dark', 'light'] as const) {
    test(`is accessible with a passport on the table, ${theme}`, async ({ page }) => {
      await useTheme(page, theme);
      const bench = await openBench(page);
      const socket = await connectFrom(bench, 2);
      await expect(line(bench, 'Frames', 'Messages')).toHaveText(/^2, /);
      await expectAccessible(page);
      socket.terminate();
    });
  }
});
