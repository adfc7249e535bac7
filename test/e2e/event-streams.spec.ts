import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

// The browser logs a connection that was cut.
test.use({ expectedConsoleErrors: /ERR_CONNECTION_RESET|ERR_INCOMPLETE_CHUNKED_ENCODING/ });

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/sse-and-friends/');
  const bench = page.getByRole('region', { name: 'Event stream bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

const press = (bench: Locator, name: string): Promise<void> =>
  bench.getByRole('button', { name, exact: true }).click();

/** The value that stands under a name. */
const fact = (bench: Locator, name: string): Locator =>
  bench.locator('dl > div').filter({ hasText: name }).locator('dd');

test('An event stream that is cut comes back by itself, names the last event, and misses nothing', async ({
  page,
}) => {
  const bench = await openBench(page);
  const wire = bench.getByRole('group', { name: 'The event stream’s lines' });
  const script = bench.getByRole('group', { name: 'The script’s events' });
  await press(bench, 'Open an event stream');
  await expect(wire).toContainText('200 OK, text/event-stream');
  await expect(wire).toContainText('retry: 1000');
  await expect(fact(bench, 'Events')).toHaveText(/^[3-9]$/);
  await press(bench, 'Cut its connection');
  await expect(script).toContainText('it will come back by itself');
  await expect(fact(bench, 'Came back')).toHaveText('1');
  await expect(wire).toContainText(/Last-Event-ID: \d+/);
  await expect(fact(bench, 'TCP connections')).toHaveText('2');
  await expect(fact(bench, 'Missing')).toHaveText('0');
  await expect(fact(bench, 'Twice')).toHaveText('0');
  await expect(bench.getByRole('article')).toHaveCount(2);

  await expect(fact(bench, 'Events')).toHaveText(/^([7-9]|\d\d+)$/);
  await press(bench, 'close()');
  await expect(script).toContainText('readyState 2, CLOSED');
  await expect(bench.getByRole('article').last()).toContainText('the connection ended at');

  await bench.getByRole('tab', { name: 'Challenge' }).click();
  await expect(bench.getByRole('region', { name: 'Come back and miss nothing' })).toContainText('done');
});

test('Eight event streams: six reach the server, two wait until one is closed, and a WebSocket does not wait', async ({
  page,
}) => {
  const bench = await openBench(page);
  const row = (index: number): Locator => bench.getByRole('row').nth(index);
  await bench.getByRole('tab', { name: 'Eight at once' }).click();
  await press(bench, 'Open 8 event streams');
  const sum = bench.getByText(/event streams made/);
  await expect(sum).toContainText('6 on the wire, 2 waiting inside your browser');
  await expect(row(6)).toContainText(/OPEN after .*events: [1-9]/);
  await expect(row(7)).toContainText('no request has left the browser');
  await expect(row(8)).toContainText('CONNECTING');

  await press(bench, 'fetch() something meanwhile');
  await press(bench, 'Open a WebSocket meanwhile');
  await expect(fact(bench, 'The WebSocket')).toHaveText(/^open after/);
  await expect(fact(bench, 'The fetch()')).toContainText('waiting');

  await press(bench, 'Close stream 1');
  await expect(row(7)).toContainText(/OPEN after .*events: [1-9]/);
  await expect(row(8)).toContainText('no request has left the browser');
  await expect(sum).toContainText('7 of them have reached the server');
  await expect(fact(bench, 'The fetch()')).toContainText('waiting');

  await press(bench, 'Close all');
  await expect(sum).toContainText('0 on the wire, 0 waiting');
  await press(bench, 'Open 8 event streams');
  await expect(sum).toContainText('6 on the wire, 2 waiting');
  // With all six connections taken, a way to another page must not wait for one.
  await page.getByRole('link', { name: 'Ping and pong' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ping and pong' })).toBeVisible();
});

test('The decision helper names server-sent events for a one-way feed, keeps the answers in a link, and gives reasons', async ({
  page,
}) => {
  await page.goto('/lessons/sse-and-friends/');
  const helper = page.getByRole('region', { name: 'Decision helper' });
  const recommendation = helper.getByRole('region', { name: 'Recommendation' });
  await helper.scrollIntoViewIfNeeded();
  await expect(recommendation).toContainText('Answer the first question');
  const answer = (question: string, option: string): Promise<void> =>
    helper.getByRole('group', { name: question }).getByRole('radio', { name: option }).check();

  // Before its code has come the first answer may be lost: ask until it holds.
  await expect(async () => {
    await answer('Who has something to say?', 'The server tells, the client listens');
    await expect(recommendation.getByRole('heading')).toHaveText('Server-sent events', { timeout: 500 });
  }).toPass();
  await answer('What is in it?', 'Bytes');
  await expect(recommendation.getByRole('heading')).toHaveText('A streamed fetch');
  await answer('What is in it?', 'Left open');
  await answer('What is in between?', 'HTTP/1.1 up to the client');
  await expect(recommendation.getByRole('heading')).toHaveText('Server-sent events');
  await expect(
    recommendation.getByRole('listitem').filter({ hasText: 'one of six connections' }),
  ).toBeVisible();
  await expect(helper.getByText('WebTransport not possible')).toBeVisible();
  await answer('Must it arrive when the page is closed?', 'Yes');
  await expect(helper.getByRole('region', { name: 'Beside it' })).toContainText('Web Push');

  expect(page.url()).toMatch(/#decide=direction\.down_network\.http1_closed\.yes$/);
  await page.reload();
  await expect(recommendation.getByRole('heading')).toHaveText('Server-sent events');
  await expect(
    helper.getByRole('group', { name: 'What is in between?' }).getByRole('radio', { name: 'HTTP/1.1' }),
  ).toBeChecked();
  await helper.getByRole('button', { name: 'Start again' }).click();
  await expect(recommendation).toContainText('Answer the first question');
  expect(page.url()).not.toContain('#');
});

for (const theme of ['dark', 'light'] as const) {
  test(`The event stream bench has no fault that axe finds once it has run, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await press(bench, 'Open an event stream');
    await expect(fact(bench, 'Events')).not.toHaveText('0');
    await press(bench, 'Cut its connection');
    await expect(fact(bench, 'Came back')).toHaveText('1');
    await page
      .getByRole('region', { name: 'Decision helper' })
      .getByRole('button', { name: 'A chat' })
      .click();
    await expectAccessible(page);
    await bench.getByRole('tab', { name: 'Eight at once' }).click();
    await press(bench, 'Open 8 event streams');
    await expect(bench.getByText(/2 waiting/)).toBeVisible();
    await expectAccessible(page);
  });
}
