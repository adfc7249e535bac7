import type { Locator } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

test.use({ expectedConsoleErrors: /WebSocket connection to .* failed|close/ });

const rowOf = (lab: Locator, label: string): Locator =>
  lab.getByRole('row').filter({ has: lab.page().getByText(label, { exact: true }) });

test.describe('The disconnect lab', () => {
  for (const [label, browser, server, wire] of [
    ['close()', '1005, wasClean true', '1005', 'Close without a code from the client'],
    ['close(4000, "bye")', '4000, wasClean true', '4000', 'Close 4000 from the server'],
    ['The server closes', '1001, wasClean true', '1001', 'Close 1001 from the server'],
    ['The server’s program lets go', '1006, wasClean false', '1006', 'FIN by the server'],
    ['FIN without Close', '1006, wasClean false', '1006', 'FIN by the link'],
    ['RST', '1006, wasClean false', '1006', 'RST by the link'],
    ['Refused handshake', '1006, wasClean false', 'heard nothing', '503 instead of 101'],
    ['Illegal frame', '1006, wasClean false', '1002', 'illegal frame from the server, then Close 1002'],
    ['The tab is closed', 'heard nothing', '1001', 'Close 1001 from the client'],
  ] as const) {
    test(`measures: ${label}`, async ({ page }) => {
      await page.goto('/lessons/closing/');
      const lab = page.getByRole('region', { name: 'Disconnect lab' });
      await lab.scrollIntoViewIfNeeded();
      await expect(lab.locator('.status-pill')).toContainText('live');
      const row = rowOf(lab, label);
      await row.getByLabel(/Your guess of code/).selectOption('1006');
      await row.getByRole('button', { name: `Run: ${label}` }).click();
      await expect(lab.getByText('1 of 12 measured')).toBeVisible();
      await expect(row.getByRole('cell').nth(1)).toContainText(browser);
      await expect(row.getByRole('cell').nth(2)).toContainText(server);
      await expect(row.getByRole('cell').nth(3)).toContainText(wire);
      await expect(row.locator('.cause-verdict')).toHaveAttribute(
        'data-right',
        String(browser.startsWith('1006')),
      );
    });
  }
});

test('The disconnect lab compares a guess of how soon each end notices with what was measured', async ({
  page,
}) => {
  await page.goto('/lessons/closing/');
  const lab = page.getByRole('region', { name: 'Disconnect lab' });
  await lab.scrollIntoViewIfNeeded();
  await expect(lab.locator('.status-pill')).toContainText('live');
  const row = rowOf(lab, 'Black hole');
  await row.getByLabel(/Your guess of code/).selectOption('nothing');
  await row.getByLabel(/Your guess of browser hears/).selectOption('never');
  await row.getByLabel(/Your guess of server hears/).selectOption('never');
  await row.getByRole('button', { name: 'Run: Black hole' }).click();
  await expect(lab.getByText('1 of 12 measured')).toBeVisible({ timeout: 40_000 });
  await expect(row.getByRole('cell').nth(2)).toContainText('1006, after');
  await expect(row.locator('.cause-verdict')).toHaveText('≠ server hears: not as you guessed');
});

test('A close code is sent for real, or its refusal is shown', async ({ page }) => {
  await page.goto('/lessons/closing/');
  const codes = page.getByRole('region', { name: 'Close codes' });
  await codes.scrollIntoViewIfNeeded();
  const said = (code: string): Locator =>
    codes.getByRole('row', { name: new RegExp(`^${code} `) }).getByRole('status');
  await codes.getByRole('button', { name: 'close(1000) in the browser' }).click();
  await expect(said('1000')).toHaveText('The browser hears 1000, wasClean true.');
  await codes.getByRole('button', { name: 'close(1001) in the browser' }).click();
  await expect(said('1001')).toHaveText('InvalidAccessError: it is not sent.');
  await codes.getByRole('button', { name: 'The server sends 1012' }).click();
  await expect(said('1012')).toHaveText('The browser hears 1012, wasClean true.');
  await codes.getByRole('button', { name: 'The server sends 1005' }).click();
  await expect(said('1005')).toHaveText(/The browser hears 1006, wasClean false\./);
});
