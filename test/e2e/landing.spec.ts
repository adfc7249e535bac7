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

test('sends a message at once, and what the learner types after it, and shows both frames in bytes', async ({
  page,
}) => {
  await page.goto('/');
  const widget = page.getByRole('region', { name: live });
  await expect(widget).toContainText('“hello” in 11 bytes');
  await expect(widget).toContainText('“hello” in 7 bytes');
  await expect(widget.getByRole('listitem').filter({ hasText: '68 65 6c 6c 6f' })).toHaveCount(1);
  await widget.getByRole('textbox', { name: 'Say something' }).fill('hey');
  await widget.getByRole('button', { name: 'Send it' }).click();
  await expect(widget).toContainText('“hey” in 9 bytes');
  await expect(widget.getByRole('listitem').filter({ hasText: '68 65 79' })).toHaveCount(1);
});

test('keeps the tools of the head within the glass of a small phone', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto('/');
  const theme = await page.getByRole('combobox', { name: 'Select theme' }).boundingBox();
  expect(theme && theme.x + theme.width).toBeLessThanOrEqual(320);
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
