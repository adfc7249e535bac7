import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/http-and-websocket/');
  const bench = page.getByRole('region', { name: 'Side by side' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

/** Runs both ways to the end. */
async function run(bench: Locator, keepAlive: 'on' | 'off'): Promise<void> {
  await bench.getByLabel('HTTP keep-alive').setChecked(keepAlive === 'on');
  await bench.getByRole('button', { name: 'Run both' }).click();
  await expect(bench.getByText(`Done, with keep-alive ${keepAlive}.`)).toBeVisible({ timeout: 20_000 });
}

/** The two figures of a row of the totals: of the polls, and of the WebSocket. */
async function figures(bench: Locator, row: string): Promise<number[]> {
  const cells = bench.getByRole('row').filter({ hasText: row }).getByRole('cell');
  return (await cells.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
}

test('Five polls take one connection or two with keep-alive and five without; a WebSocket takes one and smaller heads', async ({
  page,
}) => {
  const bench = await openBench(page);
  const polls = bench.getByRole('group', { name: 'HTTP: ask again and again, step by step' });
  const socket = bench.getByRole('group', { name: 'WebSocket: one connection, step by step' });

  await run(bench, 'on');
  await expect(polls.getByText('GET /labs/…/feed/poll')).toHaveCount(5);
  await expect(polls.getByText(/200 OK, news: \d/)).toHaveCount(5);
  await expect(socket.getByText('101 Switching Protocols')).toHaveCount(1);
  await expect(socket.getByText(/TEXT '\{"id":1,/)).toHaveCount(1);
  await expect(socket.getByText(/TCP connection \d+ ends: server, FIN/)).toHaveCount(1);
  const [kept = 0, one] = await figures(bench, 'TCP connections');
  expect(kept).toBeLessThanOrEqual(2);
  expect(one).toBe(1);
  expect(await figures(bench, 'Requests')).toEqual([5, 1]);
  const [pollHeads = 0, socketHeads = 0] = await figures(bench, 'Heads and headers, server');
  expect(pollHeads).toBeGreaterThan(3 * socketHeads);

  await bench.getByLabel('Both sides speak on the WebSocket').check();
  await run(bench, 'off');
  await expect(polls.getByText(/TCP connection \d+ ends: server, FIN/)).toHaveCount(5);
  await expect(socket.getByText(/^client to server: TEXT/)).toHaveCount(5);
  expect(await figures(bench, 'TCP connections')).toEqual([5, 1]);
  expect((await figures(bench, 'Messages'))[1]).toBe(10);

  await bench.getByRole('tab', { name: 'Your runs' }).click();
  await expect(bench.getByRole('row', { name: /^on 5 [12] / })).toHaveCount(1);
  await expect(bench.getByRole('row', { name: /^off 5 5 / })).toHaveCount(1);
});

test('The challenge is passed by polls of any client, judged from the wire', async ({ page, baseURL }) => {
  const bench = await openBench(page);
  await bench.getByRole('tab', { name: 'Challenge' }).click();
  const challenge = bench.getByRole('region', { name: 'One connection, and five' });
  await expect(challenge).toContainText('not yet');
  const line = await bench.getByText(/^curl -s/).innerText();
  const address = /'([^']+)'/.exec(line)?.[1] ?? '';
  expect(address.startsWith(baseURL ?? '-')).toBe(true);
  // A page asks one after the other: the first five over one connection, the others over one each.
  await page.evaluate(async (polled) => {
    for (const query of ['', '?connection=close']) {
      for (let asked = 0; asked < 6; asked++) await (await fetch(polled + query)).text();
    }
  }, address);
  await expect(challenge).toContainText('done');
});

for (const theme of ['dark', 'light'] as const) {
  test(`Side by side has no fault that axe finds while it runs, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Run both' }).click();
    await expect(bench.getByText(/200 OK, news: \d/).first()).toBeVisible();
    await expectAccessible(page);
    await bench.getByRole('tab', { name: 'Your runs' }).click();
    await expectAccessible(page);
  });
}
