import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

/** What a screen reader hears of the terminal: every line that it has printed. */
const heard = (terminal: Locator): Locator => terminal.getByRole('log');

async function enter(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

test.describe('The terminal', () => {
  test('is a client by hand: typed, shown, and seen on the wire', async ({ page }) => {
    await page.goto('/reference/terminal/');
    const bench = page.getByRole('region', { name: 'Terminal bench' });
    await bench.scrollIntoViewIfNeeded();
    await expect(bench.locator('.status-pill')).toContainText('live');
    const terminal = bench.getByRole('group', { name: 'Terminal' });
    await terminal.getByRole('textbox').focus();
    await enter(page, 'connect');
    await expect(heard(terminal)).toContainText('Received: HTTP/1.1 101 Switching Protocols');
    await enter(page, 'send hello');
    await expect(heard(terminal)).toContainText("Received: TEXT 'hello' [5 bytes]");
    await expect(bench.getByRole('option', { name: /Client to server: TEXT 'hello'/ })).toBeVisible();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Backspace');
    await enter(page, '');
    await expect(heard(terminal)).toContainText("Received: TEXT 'hell' [4 bytes]");
    await page.keyboard.type('clo');
    await page.keyboard.press('Tab');
    await enter(page, '1000');
    await expect(heard(terminal)).toContainText('The connection has ended');
    await enter(page, 'nonsense');
    await expect(heard(terminal)).toContainText('There is no command “nonsense”');
  });

  test('leads up the ladder, and says what is missing', async ({ page }) => {
    await page.goto('/reference/terminal/');
    const bench = page.getByRole('region', { name: 'Terminal bench' });
    await bench.scrollIntoViewIfNeeded();
    await expect(bench.locator('.status-pill')).toContainText('live');
    const terminal = bench.getByRole('group', { name: 'Terminal' });
    await terminal.getByRole('textbox').focus();
    await enter(page, 'raw');
    await expect(heard(terminal)).toContainText('TCP is open');
    await enter(page, 'GET / HTTP/1.1');
    const task = bench.getByRole('region', { name: '1. Type the handshake' });
    await expect(task).toContainText('Its empty line has not come yet.');
    await enter(page, 'Host: 127.0.0.1');
    await enter(page, '');
    await expect(task).toContainText('There is a Sec-WebSocket-Key field.');
    await task.getByRole('button', { name: /A hint/ }).click();
    await expect(task).toContainText('Hint 1');
  });

  test('opens as a drawer in any lesson, and gives the focus back', async ({ page }) => {
    await page.goto('/lessons/the-opening-handshake/');
    const button = page.getByRole('button', { name: 'Terminal' });
    await button.click();
    const drawer = page.getByRole('complementary', { name: 'Terminal' });
    await expect(drawer.getByRole('textbox')).toBeFocused();
    await expect(async () => {
      await enter(page, 'lab');
      await expect(heard(drawer)).toContainText('Nothing is connected.', { timeout: 500 });
    }).toPass();
    await page.keyboard.press('Control+`');
    await expect(drawer).toBeHidden();
    await expect(button).toBeFocused();
    await page.keyboard.press('Control+`');
    await expect(heard(drawer)).toContainText('Nothing is connected.');
    const faults = await new AxeBuilder({ page }).include('.terminal-drawer').analyze();
    expect(faults.violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });

  test('hides nothing of the page that takes the focus, down to its last link', async ({ page }) => {
    await page.goto('/lessons/the-opening-handshake/');
    await page.getByRole('button', { name: 'Terminal' }).click();
    const drawer = page.getByRole('complementary', { name: 'Terminal' });
    await expect(drawer.getByRole('textbox')).toBeFocused();
    const last = page.getByRole('main').getByRole('link').last();
    await last.focus();
    await expect(async () => {
      const [link, over] = await Promise.all([last.boundingBox(), drawer.boundingBox()]);
      expect((link?.y ?? Infinity) + (link?.height ?? 0)).toBeLessThanOrEqual(over?.y ?? 0);
    }).toPass();
  });

  test('lets the keyboard leave', async ({ page }) => {
    await page.goto('/reference/terminal/');
    const bench = page.getByRole('region', { name: 'Terminal bench' });
    await bench.scrollIntoViewIfNeeded();
    const input = bench.getByRole('group', { name: 'Terminal' }).getByRole('textbox');
    await input.focus();
    await page.keyboard.press('Shift+Tab');
    await expect(input).not.toBeFocused();
  });
});
