import { expect, test } from './support/fixtures.ts';

test('The second of two messages shrinks, unless the window is forgotten; lengths give a secret away', async ({
  page,
}) => {
  await page.goto('/lessons/compression/');
  const bench = page.getByRole('region', { name: 'Compression bench' });
  await bench.scrollIntoViewIfNeeded();
  await expect(bench.locator('.status-pill')).toContainText('live');
  const press = (name: string) => bench.getByRole('button', { name, exact: true }).click();
  const leak = bench.getByRole('region', { name: 'What the lengths give away' });
  const agreed = bench.locator('.negotiation dd').nth(1);

  await press('Connect');
  await expect(agreed).toContainText('permessage-deflate');
  await press('Send it five times');
  await expect(bench.getByText(/Kept: \d+ bytes, then \d+ bytes\./)).toBeVisible();
  await press('Guess the secret');
  await expect(leak.getByRole('listitem')).toHaveCount(8);
  await expect(leak.getByRole('status')).toContainText('The shortest guess is the secret');

  await bench.getByRole('radio', { name: 'without context takeover' }).check();
  await press('Connect');
  await expect(agreed).toContainText('client_no_context_takeover');
  await press('Send it five times');
  await expect(bench.getByText(/Forgotten: \d+ bytes/)).toBeVisible();
  await expect(bench.getByRole('region', { name: 'With memory and without' })).toContainText('done');
  await press('Guess the secret');
  await expect(leak.getByRole('listitem')).toHaveCount(8);
  await expect(leak.getByRole('status')).not.toContainText('The shortest guess is the secret');
});
