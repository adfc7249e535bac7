import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';

const lesson = '/lessons/the-opening-handshake/';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'Handshake bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

const request = (bench: Locator): Locator => bench.getByRole('region', { name: 'Request', exact: true });
const response = (bench: Locator): Locator => bench.getByRole('region', { name: /^Response/ });
const connections = (bench: Locator): Locator =>
  bench.getByRole('group', { name: /Connections of this lab/ }).getByRole('button');

test.describe('Handshake bench: the browser’s own connection', () => {
  test('shows the raw request and the raw 101 of this browser, byte for byte', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(request(bench)).toContainText('Sec-WebSocket-Version: 13');
    await expect(request(bench)).toContainText(await page.evaluate(() => navigator.userAgent));
    await expect(response(bench)).toContainText('101');
    const log = await page.evaluate(async () => {
      const id = sessionStorage.getItem('ws101.lab') ?? '';
      return (await fetch(`/labs/${id}/log`)).text();
    });
    const bytes = log
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { type: string; from?: string; data?: string })
      .find(({ type, from }) => type === 'bytes' && from === 'client');
    const recorded = atob(bytes?.data ?? '');
    const shown = await request(bench).getByRole('list').first().innerText();
    for (const line of recorded.split('\r\n').filter((text) => text !== '')) expect(shown).toContain(line);
    await expect(request(bench)).toContainText(`${String(recorded.length)} bytes`);
  });

  test('works out the accept value from this connection’s key and finds it equal', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await bench.getByRole('tab', { name: 'Accept value' }).click();
    await expect(bench.getByText('✓ Equal: the server has read this very key.')).toBeVisible();
  });

  test('explains a header that is focused, and lights its bytes in the hex view', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await request(bench)
      .getByRole('button', { name: /^Sec-WebSocket-Key/ })
      .focus();
    await expect(bench.locator('.inspector')).toContainText('16');
    await expect(bench.locator('.inspector')).toContainText('RFC 6455');
    const lit = await request(bench).locator('.hex-bytes [data-lit]').allInnerTexts();
    const text = String.fromCharCode(...lit.map((byte) => Number.parseInt(byte, 16)));
    expect(text).toMatch(/^Sec-WebSocket-Key: .{22}==\r\n$/);
  });

  test('walks the lines with the arrow keys', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await request(bench).getByRole('button', { name: 'GET' }).focus();
    for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
    await expect(request(bench).getByRole('button', { name: /^Host/ })).toBeFocused();
    await page.keyboard.press('End');
    await expect(request(bench).getByRole('button', { name: '(empty line)' })).toBeFocused();
  });

  test('shows line ends and spaces on demand', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await bench.getByLabel('Show CR LF and spaces').check();
    await expect(request(bench)).toContainText('Upgrade:·websocket\\r\\n');
  });

  test('marks what an option changed on the wire', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(response(bench)).toContainText('101');
    await bench.getByText(/^Options:/).click();
    await bench.getByLabel('Subprotocols the script offers').fill('chat, superchat');
    await bench.getByLabel('Subprotocols the server speaks').fill('chat');
    await bench.getByRole('button', { name: 'Connect again' }).click();
    await expect(connections(bench)).toHaveCount(2);
    const offered = request(bench).getByRole('listitem').filter({ hasText: 'Sec-WebSocket-Protocol' });
    await expect(offered).toContainText('new on the wire');
    await expect(
      response(bench).getByRole('listitem').filter({ hasText: 'Sec-WebSocket-Protocol' }),
    ).toContainText('chat');
  });

  test('answers the guess by what the browser sent', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('12 or so').check();
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(bench.getByText(/✓ Your browser sent \d+\./)).toBeVisible();
  });

  test('tells the connection from TCP to its end, and replays it slowly', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(response(bench)).toContainText('101');
    await bench.getByRole('button', { name: /Send “hello”/ }).click();
    await bench.getByRole('button', { name: 'Disconnect' }).click();
    const rungs = bench.getByRole('listbox').getByRole('option');
    await bench.getByRole('checkbox', { name: 'Script' }).uncheck();
    await expect(rungs.filter({ hasText: 'TCP accepted' })).toBeVisible();
    await expect(rungs.filter({ hasText: 'The handshake is done' })).toBeVisible();
    await expect(rungs.filter({ hasText: /TEXT/ })).toHaveCount(2);
    await expect(rungs.filter({ hasText: /CLOSE/ })).toHaveCount(2);
    await expect(rungs.filter({ hasText: 'TCP ended' })).toBeVisible();
    await bench.getByRole('button', { name: 'Replay 100 times slower than it was' }).click();
    await expect(bench.getByText(/replay 100 times slower/)).toBeVisible();
    await bench.getByRole('button', { name: 'Back to live' }).click();
    await expect(rungs.filter({ hasText: 'TCP ended' })).toBeVisible();
  });

  test('replays step by step where motion is to be reduced', async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(response(bench)).toContainText('101');
    const rungs = bench.getByRole('listbox').getByRole('option');
    const step = bench.getByRole('button', { name: 'Replay step by step' });
    await expect(bench.getByRole('button', { name: /Replay 10 times/ })).toBeHidden();
    await step.click();
    const first = await rungs.count();
    await step.click();
    await expect(rungs).not.toHaveCount(first);
  });
});

test.describe('Handshake bench: broken by hand', () => {
  const presets: [preset: string, status: RegExp, compared: RegExp][] = [
    ['No Upgrade', /426/, /They agree/],
    ['No Connection', /426|400/, /They agree/],
    ['No key', /400/, /They agree/],
    ['Short key', /400/, /They agree/],
    ['Version 12', /400/, /They agree/],
    ['POST', /405/, /They agree/],
    ['HTTP/1.0', /101/, /this server let pass/],
    ['No Host', /101/, /this server let pass/],
    ['Wrong Host', /421/, /The server has reasons of its own/],
    ['Foreign Origin', /101/, /They agree/],
  ];
  for (const [preset, status, compared] of presets) {
    test(`sends “${preset}” as it is, and compares the standard with the server`, async ({ page }) => {
      const bench = await openBench(page);
      await bench.getByRole('tab', { name: 'Break it by hand' }).click();
      await bench.getByRole('button', { name: preset, exact: true }).click();
      await bench.getByRole('button', { name: 'Send these bytes' }).click();
      await expect(connections(bench).first()).toContainText('by hand');
      await expect(connections(bench).first()).toContainText(status.test('101') ? /open/ : status);
      await expect(response(bench)).toContainText(status);
      await expect(bench.locator('.verdict-summary')).toContainText(compared);
    });
  }

  test('sends what the learner typed, and says when the head does not end', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Break it by hand' }).click();
    await bench.getByLabel(/The request, to edit/).fill('GET / HTTP/1.1\nX-Mine: yes');
    await expect(bench.getByText(/There is no empty line at the end/)).toBeVisible();
    await bench.getByRole('button', { name: 'Send these bytes' }).click();
    await expect(request(bench)).toContainText('X-Mine:·yes');
    await expect(response(bench)).toContainText('No response yet.');
    await bench.getByRole('button', { name: 'Hang up' }).click();
    // A FIN in the midst of a head: the server tells what was wrong before it ends its own side.
    await expect(response(bench)).toContainText('400 Bad Request');
  });

  test('passes both challenges by what is on the wire', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Break it by hand' }).click();
    await bench.getByRole('button', { name: 'No Upgrade' }).click();
    await bench.getByRole('button', { name: 'Send these bytes' }).click();
    await expect(response(bench)).toContainText('426');
    await bench.getByRole('button', { name: 'Legal', exact: true }).click();
    const editor = bench.getByLabel(/The request, to edit/);
    const legal = await editor.inputValue();
    await editor.fill(legal.replace('\n\n', '\nSec-WebSocket-Protocol: chat\n\n'));
    await bench.getByRole('button', { name: 'Send these bytes' }).click();
    await expect(response(bench)).toContainText('101');
    await bench.getByRole('tab', { name: 'Challenges' }).click();
    await expect(bench.getByRole('region', { name: 'Make the server answer 426' })).toContainText('done');
    await expect(bench.getByRole('region', { name: 'Shake hands yourself, and offer chat' })).toContainText(
      'done',
    );
  });
});

test.describe('Handshake bench: trouble on the way', () => {
  test.use({ expectedConsoleErrors: /WebSocket connection to/ });

  const troubles: [label: string, status: string][] = [
    ['A proxy that strips Upgrade', '426'],
    ['A proxy that refuses', '403'],
    ['Server: 401', '401'],
    ['Server: 403', '403'],
    ['Server: 426', '426'],
    ['Server: 503', '503'],
  ];
  for (const [label, status] of troubles) {
    test(`${label}: the script hears 1006 and no reason, the wire says ${status}`, async ({ page }) => {
      const bench = await openBench(page);
      await bench.getByRole('tab', { name: 'Trouble on the way' }).click();
      await bench.getByRole('radio', { name: new RegExp(label) }).check();
      await bench.getByRole('button', { name: 'Connect into it' }).click();
      await expect(response(bench)).toContainText(status);
      const events = bench.locator('.script-events');
      await expect(events.getByRole('row').filter({ hasText: 'error' })).toBeVisible();
      await expect(events).toContainText('code 1006, no reason, wasClean false');
      await expect(events).toContainText(`The wire shows ${status}`);
    });
  }

  test('says what the proxy imposes until it is lifted', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Trouble on the way' }).click();
    await bench.getByRole('radio', { name: /strips Upgrade/ }).check();
    await bench.getByRole('button', { name: 'Connect into it' }).click();
    await expect(bench.getByText('Imposed: what the proxy passed on to the server')).toBeVisible();
    await expect(bench.locator('.became pre')).not.toContainText('Upgrade: websocket');
    await bench.getByRole('button', { name: 'Lift it' }).click();
    await expect(bench.getByText(/Imposed on every connection/)).toBeHidden();
    await bench.getByRole('tab', { name: 'Connect' }).click();
    await bench.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(response(bench)).toContainText('101');
  });
});

test.describe('Handshake bench: other clients', () => {
  test('shows a connection of another client of the same lab', async ({ page, sandbox }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Another client' }).click();
    const id = await page.evaluate(() => sessionStorage.getItem('ws101.lab'));
    await expect(bench.getByText(new RegExp(`curl .*${String(id)}/echo`))).toBeVisible();
    const socket = new WebSocket(`${sandbox.origin.replace('http', 'ws')}/labs/${String(id)}/echo`);
    await expect(connections(bench)).toHaveCount(1);
    await expect(connections(bench).first()).toContainText('open');
    socket.close();
    await expect(connections(bench).first()).toContainText('closed');
  });
});
