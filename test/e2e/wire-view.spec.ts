import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const lesson = '/lessons/what-is-a-websocket/';

/** Opens a connection, sends so many messages, and closes it. */
async function talk(page: Page, messages: number): Promise<Locator> {
  const bench = page.getByRole('region', { name: 'First contact' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  await bench.getByRole('button', { name: 'Open a connection' }).click();
  const send = bench.getByRole('button', { name: 'Send', exact: true });
  for (let count = 0; count < messages; count++) await send.click();
  await bench.getByRole('button', { name: 'Close', exact: true }).click();
  const view = bench.getByRole('region', { name: 'The wire' });
  await expect(view.getByRole('option', { name: /TCP ended/ })).toBeVisible();
  return view;
}

test.describe('The wire view', () => {
  test('walks its rungs by keyboard, and opens one', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 2);
    const ladder = view.getByRole('listbox');
    await ladder.focus();
    await page.keyboard.press('Home');
    await expect(ladder.getByRole('option', { selected: true })).toHaveAccessibleName(
      /new WebSocket|TCP accepted/,
    );
    await page.keyboard.press('End');
    await expect(ladder.getByRole('option', { selected: true })).toHaveAccessibleName(/TCP ended|close/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await expect(view.getByRole('group', { name: 'The chosen rung' })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(ladder).toBeFocused();
  });

  test('narrows to what is asked for', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 2);
    for (const name of ['Control', 'Handshake, TCP', 'Script', 'Binary'])
      await view.getByRole('checkbox', { name }).uncheck();
    const ladder = view.getByRole('listbox');
    await expect(ladder.getByRole('option')).toHaveCount(4);
    await view.getByRole('combobox', { name: 'From' }).selectOption('server');
    await expect(ladder.getByRole('option')).toHaveCount(2);
    await expect(ladder.getByRole('option').first()).toHaveAccessibleName(/Server to client: TEXT 'hello'/);
  });

  test('restores the chosen frame from the address bar', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('option', { name: /Server to client: TEXT 'hello'/ }).click();
    await expect(page).toHaveURL(/#wire=1\.2$/);
    await page.reload();
    await expect(view.getByRole('listbox').getByRole('option', { selected: true })).toHaveAccessibleName(
      /Server to client: TEXT 'hello'/,
    );
    await expect(view.getByRole('table', { name: /Frame 2/ })).toBeVisible();
  });

  test('lights a field in the drawing and in the hex view, and keeps it in the address bar', async ({
    page,
  }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('option', { name: /Client to server: TEXT 'hello'/ }).click();
    await view.getByRole('button', { name: 'FIN' }).focus();
    for (let step = 0; step < 7; step++) await page.keyboard.press('ArrowDown');
    await expect(view.getByRole('button', { name: 'Masking-key' })).toBeFocused();
    const hex = view.getByRole('group', { name: 'Frame 1 as hex' });
    await expect(hex.locator('.hex-bytes [data-lit]')).toHaveCount(4);
    await expect(view.locator('.bit-cell[data-lit]').first()).toContainText('Masking-key');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#wire=1\.1&field=maskingKey$/);
    await page.reload();
    await expect(view.getByRole('button', { name: 'Masking-key', pressed: true })).toBeVisible();
    await hex.locator('[data-offset="0"]').first().hover();
    await expect(view.locator('.bit-cell[data-lit]')).toContainText('opcode');
  });

  test('unmasks a payload byte by byte', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('option', { name: /Client to server: TEXT 'hello'/ }).click();
    await view.getByRole('tab', { name: 'Masking, byte by byte' }).click();
    const table = view.getByRole('table', { name: /The masking/ });
    await expect(table.getByRole('row')).toHaveCount(6);
    for (const row of (await table.locator('tbody tr').all()).slice(0, 5)) {
      const [payload = 0, key = 0, wire] = (await row.locator('code').allTextContents()).map((text) =>
        parseInt(text, 16),
      );
      expect(payload ^ key).toBe(wire);
    }
  });

  test('scrubs back, and replays as a replay', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('slider', { name: /Scrub/ }).fill('3');
    await expect(view.getByRole('status')).toContainText(/stopped: 3 of \d+/);
    await expect(view.getByRole('option', { name: /TCP ended/ })).toHaveCount(0);
    await view.getByRole('button', { name: 'Replay 10 times slower than it was' }).click();
    await expect(view.getByRole('status')).toContainText('replay 10 times slower');
    await expect(view.getByRole('option', { name: /TCP ended/ })).toBeVisible();
    await expect(view.getByRole('status')).toContainText('live');
  });

  test('adds up every byte in its ledger', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 3);
    await view.getByRole('tab', { name: 'Byte ledger' }).click();
    await expect(view.getByRole('row', { name: /^text/ })).toHaveText('text318153615');
    await expect(view.getByRole('row', { name: /^close/ })).toHaveText('close160120');
  });

  test('saves the log, and replays it from the file', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('tab', { name: 'Save and open' }).click();
    const download = page.waitForEvent('download');
    await view.getByRole('link', { name: 'JSON lines' }).click();
    const file = await (await download).path();
    await view.getByLabel(/Open a saved log/).setInputFiles({
      name: 'broken.jsonl',
      mimeType: 'application/jsonl',
      buffer: Buffer.from('{"seq":1'),
    });
    await expect(view.getByRole('alert')).toContainText('broken.jsonl cannot be opened: line 1');
    await expect(view.getByRole('option', { name: /TEXT 'hello'/ })).toHaveCount(2);
    await view.getByLabel(/Open a saved log/).setInputFiles({
      name: 'mine.jsonl',
      mimeType: 'application/jsonl',
      buffer: await readFile(file),
    });
    await expect(view.getByRole('status').first()).toContainText('replay of mine.jsonl');
    await expect(view.getByRole('option', { name: /Client to server: TEXT 'hello'/ })).toHaveCount(1);
    await view.getByRole('button', { name: 'Back to this lab' }).click();
    await expect(view.getByRole('status').first()).toContainText('live');
  });

  test('takes a recording that is dropped on its ladder, and keeps the page where the file is none', async ({
    page,
  }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await view.getByRole('tab', { name: 'Save and open' }).click();
    const download = page.waitForEvent('download');
    await view.getByRole('link', { name: 'JSON lines' }).click();
    const text = await readFile(await (await download).path(), 'utf8');
    await view.getByRole('tab', { name: 'Byte ledger' }).click();
    const drop = async (name: string, content: string): Promise<void> => {
      const dataTransfer = await page.evaluateHandle(
        ([file, body]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([body], file));
          return transfer;
        },
        [name, content] as const,
      );
      const ladder = view.getByRole('listbox');
      await ladder.dispatchEvent('dragover', { dataTransfer });
      await ladder.dispatchEvent('drop', { dataTransfer });
    };
    await drop('notes.txt', 'milk, bread');
    await expect(view.getByRole('alert')).toContainText('notes.txt cannot be opened: line 1');
    await expect(view.getByRole('status').first()).toContainText('live');
    await drop('old.jsonl', '{"format":"ws101.wire","version":7,"startedAt":0}');
    await expect(view.getByRole('alert')).toContainText('expected version 1 of the format ws101.wire, got 7');
    await drop('mine.jsonl', text);
    await expect(view.getByRole('status').first()).toContainText('replay of mine.jsonl');
    await expect(view.getByRole('alert')).toHaveCount(0);
  });

  test('tells a screen reader what crossed, in sentences', async ({ page }) => {
    await page.goto(lesson);
    const view = await talk(page, 1);
    await expect(view.getByRole('log')).toContainText(/event|TCP|script/i);
  });
});

test.describe('The wire view of illegal bytes', () => {
  for (const [preset, rung, rule, field] of [
    [
      'bad-utf8',
      /Client to server: TEXT 'caf�' \[4 bytes\] !text-utf8/,
      /Illegal\. A text message is valid UTF-8 .* in byte 9\. .* fails the connection with 1007/,
      'Payload Data',
    ],
    [
      'length-top-bit',
      /Client to server: Unfinished frame !length-top-bit/,
      /Illegal\. The top bit of a 64-bit payload length is 0\. .* in byte 2\. .* with 1002/,
      'Extended payload length',
    ],
  ] as const) {
    test(`names the broken rule in red words: ${preset}`, async ({ page }) => {
      await page.goto('/lessons/frames/');
      const bench = page.getByRole('region', { name: 'Frame builder' });
      await bench.scrollIntoViewIfNeeded();
      await expect(bench.locator('.status-pill')).toContainText('live');
      await bench.getByLabel('Start from').selectOption(preset);
      await bench.getByRole('button', { name: /^Send th/ }).click();
      await bench.getByText(/^The whole connection on the wire/).click();
      const view = bench.getByRole('region', { name: 'The wire' });
      const option = view.getByRole('option', { name: rung });
      await expect(option.getByText('illegal', { exact: true })).toBeVisible();
      await option.click();
      await expect(
        view
          .getByRole('region', { name: /bit by bit/ })
          .locator('.frame-broken')
          .first(),
      ).toHaveText(rule);
      const row = view.getByRole('row').filter({ has: page.getByRole('button', { name: field }) });
      await expect(row).toContainText('Broken:');
      await expect(view.locator('.bit-cell[data-broken]')).toContainText([field]);
    });
  }
});
