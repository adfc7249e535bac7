import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';
import { openBench } from './support/open-bench.ts';

const openMiddle = (page: Page): Promise<Locator> =>
  openBench(page, '/lessons/networks-in-the-middle/', 'Middle bench');

/** Puts something in the way of a new connection, and waits until it stands. */
async function connectThrough(bench: Locator, what: string): Promise<void> {
  await bench.getByLabel(what).check();
  await bench.getByRole('button', { name: 'Put it in the way, and connect' }).click();
  await expect(fact(bench, 'What the wire shows', 'The connection')).toHaveText('is open');
}

/** The value that stands beside a name in a list of facts. */
const fact = (bench: Locator, list: string, name: string): Locator =>
  bench.getByRole('region', { name: list }).locator('dl > div').filter({ hasText: name }).locator('dd');

const script = 'What the script can know';
const wire = 'What the wire shows';
const send = (bench: Locator): Promise<void> => bench.getByRole('button', { name: 'Send a message' }).click();

/** The conditions panel of a bench, opened. */
async function openPanel(bench: Locator): Promise<Locator> {
  const panel = bench.locator('.conditions-panel');
  await panel.locator('summary').click();
  await expect(panel.getByRole('tab', { name: 'Conditions' })).toBeVisible();
  return panel;
}

test.describe('Middle bench', () => {
  test('shows a forgotten connection: send() returns, the bytes are lost, nobody is told', async ({
    page,
  }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A box that forgets after 3 s');
    await send(bench);
    await expect(fact(bench, script, 'message events')).toHaveText('1');
    await expect(fact(bench, wire, 'The connection')).toHaveText(/^forgotten after/);
    await send(bench);
    await expect(fact(bench, wire, 'Bytes lost')).toHaveText('26 and 0');
    await expect(fact(bench, script, 'send() returned')).toHaveText('2');
    await expect(fact(bench, script, 'readyState')).toHaveText('1 OPEN');
    await expect(fact(bench, script, 'bufferedAmount')).toHaveText('0 bytes');
    await bench.getByText('The whole connection on the wire').click();
    await expect(bench.getByText('A middlebox has forgotten connection 1', { exact: true })).toBeVisible();
    await expect(bench.getByText(/26 bytes.*never arrived/).first()).toBeVisible();
  });

  test('is hung up on by a proxy, unless a heartbeat is faster: the challenge', async ({ page }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A proxy that hangs up after 3 s');
    await expect(fact(bench, script, 'close event')).toHaveText('code 1006');
    await expect(fact(bench, wire, 'The connection')).toHaveText(/^FIN by the link/);
    await bench.getByLabel(/^Heartbeat/).selectOption('every 2 s');
    await connectThrough(bench, 'A proxy that hangs up after 3 s');
    const challenge = bench.getByRole('region', { name: 'Through a three-second proxy' });
    await expect(challenge).toContainText('done', { timeout: 20_000 });
    await expect(fact(bench, script, 'readyState')).toHaveText('1 OPEN');
  });

  test('holds messages in a tunnel, and lets them arrive together', async ({ page }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A tunnel');
    await expect(bench.getByText('Imposed: frozen').first()).toBeVisible();
    await send(bench);
    await send(bench);
    await expect(fact(bench, wire, 'Your messages')).toHaveText('0 of 2');
    await bench.getByRole('button', { name: 'Lift it' }).click();
    await expect(fact(bench, wire, 'Your messages')).toHaveText('2 of 2');
    await expect(fact(bench, script, 'message events')).toHaveText('2');
  });

  test('delivers twenty messages over a lossy radio, all of them', async ({ page }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A lossy radio');
    await bench.getByRole('button', { name: /^Send 20/ }).click();
    await expect(fact(bench, script, 'message events')).toHaveText('20', { timeout: 30_000 });
    await expect(fact(bench, wire, 'Bytes lost')).toHaveText('0 and 0');
  });

  test('carries a message in slices of one byte', async ({ page }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'Slices');
    await send(bench);
    await expect(fact(bench, script, 'message events')).toHaveText('1');
    await expect(fact(bench, wire, 'Pieces')).toHaveText('26');
  });

  test('stays half closed while the FIN is late', async ({ page }) => {
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A slow close');
    await bench.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(fact(bench, script, 'readyState')).toHaveText('2 CLOSING');
    await expect(fact(bench, script, 'close event')).toHaveText('code 1005');
    await expect(fact(bench, wire, 'The connection')).toHaveText(/half closed for/);
  });

  test.describe('proxies', () => {
    test.use({ expectedConsoleErrors: /Error during WebSocket handshake/ });

    test('strip or refuse Upgrade, and the script hears 1006 for both', async ({ page }) => {
      const bench = await openMiddle(page);
      for (const [what, status] of [
        ['strips', '426'],
        ['refuses', '403'],
      ] as const) {
        await bench.getByLabel(`A proxy that ${what} Upgrade`).check();
        await bench.getByRole('button', { name: 'Put it in the way, and connect' }).click();
        await expect(fact(bench, wire, 'The connection')).toHaveText(`refused with ${status}`);
        await expect(fact(bench, script, 'close event')).toHaveText('code 1006');
      }
    });
  });
});

test.describe('Conditions panel', () => {
  const openPing = (page: Page): Promise<Locator> => openBench(page, '/lessons/ping-and-pong/', 'Ping bench');
  const says = (bench: Locator): Locator => bench.locator('.conditions-now');

  test('imposes what is set by keyboard or typed, says so in words, and resets', async ({ page }) => {
    const bench = await openPing(page);
    await expect(says(bench)).toHaveText('Perfect link');
    const panel = await openPanel(bench);
    const slider = panel.getByRole('slider', { name: 'Latency, slider' });
    await slider.focus();
    for (let press = 0; press < 9; press++) await page.keyboard.press('ArrowRight');
    await expect(slider).toHaveAttribute('aria-valuetext', '200 ms');
    await expect(says(bench)).toHaveText('Imposed: 200 ms each way');
    await panel.getByRole('textbox', { name: /^Jitter/ }).fill('50');
    await panel.getByRole('textbox', { name: /^Loss of segments/ }).fill('2');
    await panel.getByLabel('Whose bytes are held').selectOption('the server');
    await expect(says(bench)).toHaveText('Imposed: 200-250 ms each way, 2 % loss, server’s bytes frozen');
    await panel.getByRole('textbox', { name: /^Latency/ }).fill('60001');
    await expect(panel.getByRole('alert').filter({ hasText: 'nothing was changed' })).toHaveText(
      'A number from 0 to 60,000 ms; nothing was changed.',
    );
    await panel.getByRole('button', { name: 'Reset: perfect link' }).click();
    await expect(says(bench)).toHaveText('Perfect link');
    await expect(slider).toHaveAttribute('aria-valuetext', 'none');
  });

  test('shows what another client of the lab imposes', async ({ page }) => {
    const made = page.waitForResponse((response) => new URL(response.url()).pathname === '/labs');
    const bench = await openPing(page);
    const { id } = (await (await made).json()) as { id: string };
    await page.request.patch(`/labs/${id}/conditions`, { data: { sliceBytes: 3, latencyMs: 7 } });
    await expect(says(bench)).toHaveText('Imposed: 7 ms each way, pieces of 3 bytes');
    const panel = await openPanel(bench);
    await expect(panel.getByRole('textbox', { name: /^Latency/ })).toHaveValue('7');
  });

  test('cuts the connections', async ({ page }) => {
    const bench = await openPing(page);
    await bench.getByRole('button', { name: 'Connect to a server that pings' }).click();
    await expect(bench.getByRole('button', { name: 'Disconnect' })).toBeEnabled();
    const panel = await openPanel(bench);
    await panel.getByLabel('Cut by').selectOption('fin');
    await panel.getByRole('button', { name: 'Cut all connections with FIN' }).click();
    await expect(bench.getByRole('button', { name: 'Disconnect' })).toBeDisabled();
  });

  test('runs a script, shows where it stands, and stops it', async ({ page }) => {
    const bench = await openPing(page);
    const panel = await openPanel(bench);
    await panel.getByRole('tab', { name: 'Scripts of faults' }).click();
    await panel.getByLabel(/^Hotel wifi/).check();
    await panel.getByRole('button', { name: 'Run Hotel wifi' }).click();
    await expect(panel.getByText(/now at \d+\.\d s of 30 s/)).toBeVisible();
    await expect(says(bench)).toContainText('Hotel wifi');
    await expect(says(bench)).toContainText('20,000 bytes/s, 3 % loss');
    // The page that is opened again asks which script runs, and how long it has.
    await page.reload();
    await expect(says(bench)).toContainText(/Hotel wifi, \d+ s to go/);
    await openPanel(bench);
    await panel.getByRole('tab', { name: 'Scripts of faults' }).click();
    await panel.getByRole('button', { name: 'Stop the script' }).click();
    await expect(says(bench)).toHaveText('Perfect link');
    await expect(panel.getByRole('button', { name: 'Run Train tunnel' })).toBeEnabled();
  });
});

for (const theme of ['dark', 'light'] as const) {
  test(`Middle bench and conditions panel: no fault that axe finds, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openMiddle(page);
    await connectThrough(bench, 'A tunnel');
    await send(bench);
    const panel = await openPanel(bench);
    await expectAccessible(page);
    await panel.getByRole('tab', { name: 'Scripts of faults' }).click();
    await panel.getByRole('button', { name: 'Run Train tunnel' }).click();
    await expect(panel.getByText(/now at/)).toBeVisible();
    await expectAccessible(page);
  });
}

test('The lesson fits a phone of 320 px, the panel open', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  const bench = await openMiddle(page);
  await openPanel(bench);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBe(320);
});
