import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';
import { taskCosts } from './support/task-costs.ts';

/** Opens the lesson with these sliders, and waits until its bench stands on a live lab. */
async function openBench(page: Page, hash = ''): Promise<Locator> {
  await page.goto(`/lessons/polling-versus-push/${hash}`);
  const bench = page.getByRole('region', { name: 'Race', exact: true });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

const columns = ['Short poll', 'Long poll', 'SSE', 'WebSocket'] as const;

/** The cell of the race's table: which row, counted by its label from the first or after another, and which way. */
function cell(bench: Locator, label: string, way: (typeof columns)[number]): Locator {
  const row = bench
    .getByRole('region', { name: 'The race in numbers' })
    .getByRole('row')
    .filter({ has: bench.page().getByRole('rowheader', { name: label, exact: true }) })
    .first();
  return row.getByRole('cell').nth(columns.indexOf(way));
}

const numberIn = async (shown: Locator): Promise<number> =>
  Number((await shown.innerText()).replaceAll(',', ''));

/** Runs a race until every way has delivered so many messages. */
async function race(bench: Locator, messages: number): Promise<void> {
  await bench.getByRole('button', { name: 'Start the race' }).click();
  for (const way of columns) {
    await expect
      .poll(() => numberIn(cell(bench, 'Messages delivered', way)))
      .toBeGreaterThanOrEqual(messages);
  }
  await bench.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(bench.getByText('The race is over:')).toBeVisible();
}

test.describe('The race', () => {
  test('hears the same messages in four ways, and counts what each costs', async ({ page }) => {
    const bench = await openBench(page, '#race&interval=250&rate=20&bursts=0');
    await race(bench, 20);
    for (const way of columns) {
      await expect(cell(bench, 'missed', way)).toHaveText('0');
      await expect(cell(bench, 'doubled', way)).toHaveText('0');
      expect(await numberIn(cell(bench, 'Bytes up: headers', way))).toBeGreaterThan(0);
    }
    await expect(cell(bench, 'Requests', 'SSE')).toHaveText('1');
    await expect(cell(bench, 'Requests', 'WebSocket')).toHaveText('1');
    await expect(cell(bench, 'TCP connections', 'WebSocket')).toHaveText('1');
    const [polls, longPolls] = [
      await numberIn(cell(bench, 'Requests', 'Short poll')),
      await numberIn(cell(bench, 'Requests', 'Long poll')),
    ];
    // Four polls a second at most; a long poll for each message or two.
    expect(longPolls).toBeGreaterThan(polls);
    expect(await numberIn(cell(bench, 'All bytes a message', 'Long poll'))).toBeGreaterThan(
      await numberIn(cell(bench, 'All bytes a message', 'WebSocket')),
    );
  });

  test('opens a TCP connection for each poll where the server does not keep them', async ({ page }) => {
    const bench = await openBench(page, '#race&interval=250&rate=5&keep-alive=off&conditional=on');
    await race(bench, 5);
    for (const way of ['Short poll', 'Long poll'] as const) {
      expect(await numberIn(cell(bench, 'TCP connections', way))).toBe(
        await numberIn(cell(bench, 'Requests', way)),
      );
    }
  });

  test('imposes a delay on all ways, says so, and takes it off again', async ({ page }) => {
    const bench = await openBench(page, '#race&interval=250&rate=5&delay=100');
    await bench.getByRole('button', { name: 'Start the race' }).click();
    await expect(bench.getByText('Imposed: 100 ms each way')).toBeVisible();
    await expect.poll(() => numberIn(cell(bench, 'Messages delivered', 'WebSocket'))).toBeGreaterThan(3);
    const median = await cell(bench, 'Latency, median', 'WebSocket').innerText();
    expect(Number(median.replace(' ms', ''))).toBeGreaterThan(90);
    await bench.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(bench.getByText('Imposed: 100 ms each way')).toBeHidden();
  });

  test('keeps the sliders in the address', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('Poll interval').press('Home');
    await bench.getByLabel('Conditional short polls').check();
    await expect(page).toHaveURL(/#race&interval=100&conditional=on$/);
    await page.reload();
    await expect(bench.getByLabel('Poll interval')).toHaveAttribute('aria-valuetext', '100 ms');
    await expect(bench.getByLabel('Conditional short polls')).toBeChecked();
  });

  test('stays smooth at its busiest: no task takes longer than 50 ms', async ({ page }) => {
    const bench = await openBench(page, '#race&interval=100&rate=50&size=2048&bursts=1');
    await bench.getByRole('button', { name: 'Start the race' }).click();
    await expect(bench.getByText('The race runs:')).toBeVisible();
    const costs = await taskCosts(page, async () => {
      await expect
        .poll(() => numberIn(cell(bench, 'Messages delivered', 'WebSocket')), { timeout: 20_000 })
        .toBeGreaterThan(250);
    });
    await bench.getByRole('button', { name: 'Stop', exact: true }).click();
    // Over it is when the wire log has told all, which a busy page reads later than it crossed.
    await expect(bench.getByText('The race is over:')).toBeVisible({ timeout: 20_000 });
    for (const way of columns) {
      expect(await numberIn(cell(bench, 'All bytes a message', way))).toBeGreaterThan(2048);
    }
    expect(costs.length).toBeGreaterThan(500);
    expect(costs.filter((cost) => cost > 50)).toEqual([]);
  });
});

test.describe('Runs and map', () => {
  test('draws the map from the sizes of a run, and shows the run on it', async ({ page }) => {
    const bench = await openBench(page, '#race&interval=250&rate=10');
    await bench.getByRole('tab', { name: 'Runs and map' }).click();
    await expect(bench.getByText('Run a race first', { exact: false })).toBeVisible();
    await bench.getByRole('tab', { name: 'The race' }).click();
    await race(bench, 10);
    await bench.getByRole('tab', { name: 'Runs and map' }).click();
    const map = bench.getByRole('region', { name: 'Break-even map' });
    await expect(map.getByRole('row').filter({ hasText: '10 a second' })).toContainText('run 1');
    await bench.getByLabel('A message should be seen within').selectOption('10 min');
    await bench.getByLabel('Somebody listens for').selectOption('10 s');
    await expect(bench.getByText(/^Polling is the right choice in \d+ of 56 cells/)).toBeVisible();
    await bench.getByLabel('A message should be seen within').selectOption('200 ms');
    await expect(bench.getByText(/^Polling is the right choice nowhere/)).toBeVisible();
  });
});

test.describe('Five polls', () => {
  test('share a connection, and need one each where it is closed', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Five polls' }).click();
    await bench.getByRole('button', { name: 'Five polls', exact: true }).click();
    await expect(bench.getByRole('region', { name: 'Connections kept' })).toContainText(
      /5 polls on [12] TCP connections?/,
    );
    await bench.getByRole('button', { name: 'Five polls, connection closed after each' }).click();
    await expect(bench.getByRole('region', { name: 'Connection closed after each' })).toContainText(
      '5 polls on 5 TCP connections',
    );
  });
});

test('The challenge compares the bytes of polls and of a WebSocket by the wire', async ({ page }) => {
  const bench = await openBench(page, '#race&interval=2000&rate=50&size=16&bursts=0');
  await race(bench, 60);
  await bench.getByRole('tab', { name: 'Challenge' }).click();
  const card = bench.getByRole('region', { name: 'Make polling win' });
  await expect(card).toContainText(/polls brought \d+ messages/);
  await expect(card).toContainText(/the polls cost [\d,]+ bytes and the WebSocket [\d,]+/);
});

for (const theme of ['dark', 'light'] as const) {
  test.describe(`The race, ${theme}`, () => {
    test.beforeEach(async ({ page }) => {
      await useTheme(page, theme);
    });

    test('has no fault that axe finds once it has run', async ({ page }) => {
      const bench = await openBench(page, '#race&interval=250&rate=10');
      await race(bench, 5);
      await expect(cell(bench, 'missed', 'WebSocket')).toHaveText('0');
      await expectAccessible(page);
    });

    test('has none in its map', async ({ page }) => {
      const bench = await openBench(page, '#race&interval=250&rate=10');
      await race(bench, 5);
      await bench.getByRole('tab', { name: 'Runs and map' }).click();
      await expect(bench.getByRole('region', { name: 'Break-even map' })).toBeVisible();
      await expectAccessible(page);
    });

    test('has none in its five polls', async ({ page }) => {
      const bench = await openBench(page);
      await bench.getByRole('tab', { name: 'Five polls' }).click();
      await bench.getByRole('button', { name: 'Five polls', exact: true }).click();
      await expect(bench.getByText(/5 polls/).first()).toBeVisible();
      await expectAccessible(page);
    });
  });
}
