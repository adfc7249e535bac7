import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

// Browsers write a failed opening on the console, in words of their own.
test.use({ expectedConsoleErrors: /WebSocket connection to/ });

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/error-handling/');
  const bench = page.getByRole('region', { name: 'Error bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

const view = (bench: Locator, name: string): Locator => bench.getByRole('region', { name, exact: true });
const found = 'The user reads, as found';
const calm = 'The user reads, calmly';

async function fail(bench: Locator, what: string): Promise<void> {
  await bench.getByLabel(what, { exact: true }).check();
  await bench.getByRole('button', { name: 'Make it fail' }).click();
  await expect(bench.getByText(`${what}: going on`)).toBeVisible();
}

test.describe('Error bench', () => {
  test('knows a 401 on the wire, of which the script is told nothing; the calm user reads it late', async ({
    page,
  }) => {
    const bench = await openBench(page);
    await fail(bench, '401 instead of 101');
    await expect(view(bench, 'On the wire')).toContainText('401 instead of 101');
    await expect(view(bench, 'The script is told')).toContainText('code 1006, no reason, wasClean false');
    await expect(view(bench, found)).toContainText('ReferenceError: logError is not defined');
    await expect(view(bench, found)).toContainText('0 notices');
    await expect(view(bench, calm)).toContainText('nothing to read');
    await expect(view(bench, calm).getByRole('status')).toHaveText('Connecting …');
    await expect(view(bench, calm).getByRole('status')).toContainText('Cannot connect', { timeout: 15_000 });
    await expect(view(bench, calm).getByRole('button', { name: 'Try now' })).toBeEnabled();
  });

  test('passes over a blip, which the snippet shouts about', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel(/^Give the snippet/).check();
    await fail(bench, 'RST, once');
    await expect(view(bench, found)).toContainText('Disconnected. Retrying…');
    await expect(view(bench, found)).toContainText('new attempts to connect: none');
    await expect(view(bench, calm)).toContainText('2 attempts so far');
    await expect(view(bench, calm)).toContainText('nothing to read');
    await bench.getByText('What its makers would be told').click();
    await expect(view(bench, calm)).toContainText('"1006": 1');
  });

  test('says what the server explained, unreadable messages to the makers only: the challenge', async ({
    page,
  }) => {
    const bench = await openBench(page);
    const says = view(bench, calm).getByRole('status');
    await fail(bench, 'Close 1009: too large');
    await expect(says).toContainText('too large');
    await fail(bench, 'Close 1008: too fast');
    await expect(says).toContainText('more than is allowed');
    await fail(bench, 'Close 4401');
    await expect(says).toContainText('signed out');
    await view(bench, calm).getByRole('button', { name: 'Sign in' }).click();
    await expect(view(bench, calm)).toContainText('nothing to read');

    await bench.getByLabel(/^Give the snippet/).check();
    await fail(bench, 'A binary message');
    await expect(view(bench, 'The script is told')).toContainText('Blob of 4 bytes');
    await expect(view(bench, found)).toContainText('is not valid JSON');
    await expect(view(bench, calm)).toContainText('nothing to read');
    await bench.getByText('What its makers would be told').click();
    await expect(view(bench, calm)).toContainText('"unreadable": 1');

    for (const what of ['RST, once', 'FIN without Close, once', '401 instead of 101']) {
      await fail(bench, what);
      await expect(view(bench, 'The script is told')).toContainText('code 1006');
    }
    await expect(bench.getByRole('region', { name: 'Explained, and not' })).toContainText('done');
  });

  test('says that it reconnects while the server is away, and nothing any more when it is lifted', async ({
    page,
  }) => {
    const bench = await openBench(page);
    await fail(bench, 'The server dies for a while');
    const says = view(bench, calm).getByRole('status');
    await expect(says).toHaveText('Reconnecting …');
    await bench.getByRole('button', { name: 'Lift it' }).click();
    await expect(view(bench, calm)).toContainText('nothing to read', { timeout: 15_000 });
    await bench.getByRole('button', { name: 'Stop' }).click();
    await expect(bench.getByText('The server dies for a while: over')).toBeVisible();
  });
});

test('Error bench: no fault that axe finds while something is wrong', async ({ page }) => {
  await useTheme(page, 'light');
  const bench = await openBench(page);
  await fail(bench, 'Close 4401');
  await expect(view(bench, calm).getByRole('button', { name: 'Sign in' })).toBeVisible();
  await expectAccessible(page);
});
