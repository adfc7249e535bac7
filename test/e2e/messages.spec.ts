import { expect, test } from './support/fixtures.ts';

test.use({ expectedConsoleErrors: /already in CLOSING or CLOSED state/ });

test('Text, envelope and bytes cross; too early throws, too late says nothing', async ({ page }) => {
  await page.goto('/lessons/messages/');
  const bench = page.getByRole('region', { name: 'Message bench' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  const press = (name: string) => bench.getByRole('button', { name, exact: true }).click();
  const saw = bench.getByRole('group', { name: 'What the script saw' });

  await press('Connect');
  await bench.getByRole('radio', { name: 'binary', exact: true }).check();
  await bench.getByLabel('Bytes as hex').fill('ca fe 0');
  await expect(bench.getByRole('button', { name: 'Send', exact: true })).toBeDisabled();
  await bench.getByLabel('Bytes as hex').fill('ca fe 01');
  await press('Send');
  await expect(saw).toContainText('Blob of 3 bytes');
  await bench.getByRole('radio', { name: 'arraybuffer' }).check();
  await press('Send');
  await expect(saw).toContainText('ArrayBuffer of 3 bytes');

  await bench.getByRole('radio', { name: 'JSON envelope' }).check();
  await bench.getByRole('textbox', { name: 'JSON' }).fill('{"text":1}');
  await expect(bench.getByText(/There is no “type”/)).toBeVisible();
  await bench.getByRole('textbox', { name: 'JSON' }).fill('{"type":"chat"}');
  await press('Send');
  await expect(bench.getByRole('region', { name: 'Three bytes and an envelope' })).toContainText('done');

  const verdict = bench.locator('.send-verdict');
  await press('Send after close');
  await expect(verdict).toContainText('threw nothing and sent nothing: too late; bufferedAmount is now');
  await press('Send before open');
  await expect(verdict).toContainText('threw InvalidStateError');
  await expect(saw).toContainText('open');
});
