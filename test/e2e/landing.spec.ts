import { expect, test } from './support/fixtures.ts';

const live = 'Your own handshake';

test('The landing page opens a connection by itself and shows this browser’s handshake', async ({ page }) => {
  await page.goto('/');
  const widget = page.getByRole('region', { name: live });
  await expect(widget).toContainText('Sec-WebSocket-Key');
  await expect(widget).toContainText('101 Switching Protocols');
  await expect(widget).toContainText(await page.evaluate(() => navigator.userAgent));
  await expect(widget).toContainText(/[\d,]+ bytes up, [\d,]+ bytes down, [\d.]+ ms in all/);
});

test('shows a fresh key each time', async ({ page }) => {
  await page.goto('/');
  const widget = page.getByRole('region', { name: live });
  const key = widget.getByRole('listitem').filter({ hasText: 'Sec-WebSocket-Key' });
  const first = await key.innerText();
  await widget.getByRole('button', { name: 'Again' }).click();
  await expect(key).not.toHaveText(first);
});

test('stands in still pictures where motion is to be reduced', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  const line = page.getByRole('region', { name: live }).getByRole('listitem').first();
  await expect(line).toBeVisible();
  const duration = await line.evaluate(
    (item) => Number.parseFloat(getComputedStyle(item).animationDuration) || 0,
  );
  expect(duration).toBeLessThan(0.001);
});
