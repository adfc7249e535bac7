import type { Page } from '@playwright/test';
import { startSandbox } from '../../sandbox-server/sandbox.ts';
import { expect, sandboxOptions, test } from './support/fixtures.ts';

const lesson = '/lessons/the-opening-handshake/';
const bench = (page: Page) => page.getByRole('region', { name: 'Handshake bench' });
const pill = (page: Page) => bench(page).locator('.status-pill');
const chips = (page: Page) =>
  bench(page)
    .getByRole('group', { name: /Connections of this lab/ })
    .getByRole('button');
const labId = (page: Page) => page.evaluate(() => sessionStorage.getItem('ws101.lab'));
const connect = (page: Page) =>
  bench(page)
    .getByRole('button', { name: /^Connect( again)?$/ })
    .click();

test.describe('A page and its sandbox', () => {
  test.use({
    expectedConsoleErrors: /WebSocket connection to|Failed to load resource|ERR_CONNECTION/,
  });

  test('says that the sandbox is stopped and how to start it, and resumes by itself', async ({ page }) => {
    const first = await startSandbox(sandboxOptions({ port: 0 }));
    await page.goto(`${first.origin}${lesson}`);
    await expect(pill(page)).toContainText('live');
    await connect(page);
    await expect(chips(page)).toHaveCount(1);
    const lab = await labId(page);
    await first.close();
    await expect(pill(page)).toContainText('offline');
    await expect(bench(page)).toContainText('npm start');
    // What the learner made stays on the table.
    await expect(chips(page)).toHaveCount(1);
    const second = await startSandbox(sandboxOptions({ port: first.port }));
    await expect(pill(page)).toContainText('live');
    await expect(bench(page)).toContainText('This is a new, empty one.');
    expect(await labId(page)).not.toBe(lab);
    await connect(page);
    await expect(chips(page)).toHaveCount(1);
    await second.close();
  });

  test('makes a new lab where the old one has expired, and says so', async ({ page }) => {
    await page.goto(lesson);
    await expect(pill(page)).toContainText('live');
    const lab = await labId(page);
    await page.evaluate((id) => fetch(`/labs/${String(id)}`, { method: 'DELETE' }), lab);
    await expect(bench(page)).toContainText('Your lab had expired');
    await expect(pill(page)).toContainText('live');
    expect(await labId(page)).not.toBe(lab);
  });

  test('shows a recording, and calls it one, where no sandbox has ever answered', async ({ page }) => {
    await page.route('**/labs', (route) => route.abort());
    await page.goto(lesson);
    await expect(pill(page)).toContainText('replay');
    await expect(bench(page)).toContainText('a recording of real bytes');
    await expect(bench(page).getByRole('region', { name: 'Request', exact: true })).toContainText(
      'Sec-WebSocket-Key',
    );
    await expect(bench(page).getByRole('button', { name: 'Connect', exact: true })).toBeDisabled();
  });

  test('resumes a lost wire channel without a hole or a double', async ({ page }) => {
    await page.addInitScript(() => {
      const sockets: WebSocket[] = [];
      const Native = WebSocket;
      class Watched extends Native {
        constructor(address: string | URL, subprotocols?: string | string[]) {
          super(address, subprotocols);
          if (String(address).includes('/wire')) sockets.push(this);
        }
      }
      Object.assign(window, { WebSocket: Watched, wireChannels: sockets });
    });
    await page.goto(lesson);
    await expect(pill(page)).toContainText('live');
    for (let round = 1; round <= 5; round++) {
      await page.evaluate(() => {
        (window as unknown as { wireChannels: WebSocket[] }).wireChannels.at(-1)?.close();
      });
      await connect(page);
      await expect(chips(page)).toHaveCount(round);
      await expect(chips(page).first()).toContainText('open');
    }
    const numbers = await chips(page).locator('.chip-number').allInnerTexts();
    expect(numbers.toSorted()).toEqual(['1', '2', '3', '4', '5']);
  });

  test('goes on after the page was left and shown again', async ({ page }) => {
    await page.goto(lesson);
    await expect(pill(page)).toContainText('live');
    await connect(page);
    await expect(chips(page)).toHaveCount(1);
    const lab = await labId(page);
    await page.goto('/reference/sandbox-api/');
    await page.goBack();
    await expect(pill(page)).toContainText('live');
    expect(await labId(page)).toBe(lab);
    await expect(chips(page)).toHaveCount(1);
  });

  test('gives each tab a lab of its own', async ({ page, context }) => {
    await page.goto(lesson);
    await expect(pill(page)).toContainText('live');
    const other = await context.newPage();
    await other.goto(lesson);
    await expect(pill(other)).toContainText('live');
    expect(await labId(other)).not.toBe(await labId(page));
    await connect(other);
    await expect(chips(other)).toHaveCount(1);
    await expect(chips(page)).toHaveCount(0);
  });
});
