import { expect, test } from './support/fixtures.ts';

const lesson = '/lessons/what-is-a-websocket/';

test('A learner guesses, opens a connection, says hello, and sees every byte of it', async ({ page }) => {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'First contact' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  await bench.getByLabel('about 6', { exact: true }).check();
  await bench.getByRole('button', { name: 'Open a connection' }).click();
  await expect(bench.getByRole('option', { name: /101 Switching Protocols/ })).toBeVisible();
  await bench.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(bench.getByRole('option', { name: /TEXT 'hello' \[5 bytes\]/ })).toHaveCount(2);
  await expect(bench.getByText(/✓ Your first message went out with 6 bytes/)).toBeVisible();
  const costs = bench.getByRole('table', { name: 'Bytes on the wire' });
  await expect(costs.getByRole('row', { name: /Their headers/ })).toContainText('62');
  await expect(costs.getByRole('row', { name: /Their payload/ })).toContainText('55');
  await bench.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(bench.getByRole('option', { name: /TCP ended/ })).toBeVisible();
});

test('A frame opens to its fields, with the bytes and the bits of each', async ({ page }) => {
  await page.goto(lesson);
  const bench = page.getByRole('region', { name: 'First contact' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  await bench.getByRole('button', { name: 'Open a connection' }).click();
  await bench.getByRole('button', { name: 'Send', exact: true }).click();
  await bench.getByRole('option', { name: /TEXT/ }).first().click();
  const fields = bench.getByRole('table', { name: /Frame 1, field by field/ });
  await expect(fields.getByRole('row', { name: /FIN/ })).toContainText('The last frame of its message.');
  await expect(fields.getByRole('row', { name: /opcode/ })).toContainText('0x1Text: the message is UTF-8.');
  await expect(fields.getByRole('row', { name: /MASK/ })).toContainText('Masked, as a client must.');
  await expect(fields.getByRole('row', { name: /Masking-key/ })).toContainText(
    /[0-9a-f]{2}( [0-9a-f]{2}){3}/,
  );
});
