import type { Locator, Page } from '@playwright/test';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/masking/');
  const bench = page.getByRole('region', { name: 'Masking bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

test.describe('Masking bench: three frames', () => {
  test('shows three keys and three payloads of one text, and the XOR of each byte', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('Your text').fill('secret');
    await bench.getByRole('button', { name: 'Send it three times' }).click();
    const rows = bench.getByRole('table', { name: 'The last text frames' }).locator('tbody tr');
    await expect(rows).toHaveCount(3);
    const keys = await rows.locator('td:nth-child(2)').allInnerTexts();
    const payloads = await rows.locator('td:nth-child(3)').allInnerTexts();
    expect(new Set(keys).size).toBe(3);
    expect(new Set(payloads).size).toBe(3);
    await expect(bench.getByText(/3 masked frames .* 3 different keys, none twice/)).toBeVisible();
    const bytes = (text: string): number[] =>
      text
        .trim()
        .split(/\s+/)
        .map((pair) => Number.parseInt(pair, 16));
    const [key, payload] = [bytes(keys[0] ?? ''), bytes(payloads[0] ?? '')];
    const text = String.fromCharCode(...payload.map((byte, index) => byte ^ (key[index % 4] ?? 0)));
    expect(text).toBe('secret');
  });

  test('lights a byte, its key byte and its wire byte together, by keyboard', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Send it three times' }).click();
    await bench.getByRole('button', { name: /^Byte 1, t: 74 XOR/ }).focus();
    for (let step = 0; step < 5; step++) await page.keyboard.press('ArrowRight');
    await expect(bench.getByRole('button', { name: /^Byte 6, a: 61 XOR/ })).toBeFocused();
    await expect(bench.getByText(/Byte 6, key byte 2: 0110 0001 ⊕/)).toBeVisible();
    const firstRow = bench.getByRole('table', { name: 'The last text frames' }).locator('tbody tr').first();
    await expect(firstRow.locator('[data-lit]')).toHaveCount(2);
    await page.keyboard.press('Home');
    await expect(bench.getByRole('button', { name: /^Byte 1, t/ })).toBeFocused();
  });

  test('counts the keys of a hundred more frames', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Send it 100 times' }).click();
    await expect(bench.getByText(/100 masked frames .* 100 different keys, none twice/)).toBeVisible();
  });
});

test.describe('Masking bench: the attack', () => {
  const attacks: [way: string, guess: string, verdict: RegExp, cache: string, proxy: RegExp][] = [
    ['Off', 'the victim', /The victim was fooled: it asked .* As you guessed/, 'HIT', /keeps it under/],
    [
      'On, with a fresh key',
      'the victim',
      /Nobody was fooled.* You guessed otherwise/,
      'MISS',
      /keeps nothing/,
    ],
    ['On, but the attacker knows the key', 'nobody', /whoever knows the key/, 'HIT', /keeps it under/],
  ];
  for (const [way, guess, verdict, cache, proxy] of attacks) {
    test(`masking ${way}: the bytes of each step, and who was fooled`, async ({ page }) => {
      const bench = await openBench(page);
      await bench.getByRole('tab', { name: 'The attack' }).click();
      await bench.getByRole('radio', { name: way, exact: true }).check();
      await bench.getByRole('radio', { name: guess }).check();
      await bench.getByRole('button', { name: 'Run the attack' }).click();
      await expect(bench.getByText(verdict)).toBeVisible();
      const steps = bench.getByRole('listitem');
      await expect(steps.filter({ hasText: 'The handshake' }).first()).toContainText('101 Switching');
      await expect(steps.filter({ hasText: 'The answer, which is not a frame' }).first()).toContainText(
        proxy,
      );
      await expect(steps.filter({ hasText: 'Somebody else asks' }).first()).toContainText(
        `X-Cache: ${cache}`,
      );
    });
  }

  test('one run does not spoil the next', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'The attack' }).click();
    await bench.getByRole('button', { name: 'Run the attack' }).click();
    await expect(bench.getByText(/The victim was fooled/)).toBeVisible();
    await bench.getByRole('radio', { name: 'On, with a fresh key' }).check();
    await bench.getByRole('button', { name: 'Run the attack' }).click();
    await expect(bench.getByText(/Nobody was fooled/)).toBeVisible();
  });
});

test.describe('Masking bench: by hand', () => {
  test('sends an unmasked frame, and the server closes with 1002', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Break it by hand' }).click();
    await expect(bench.getByText('81 05 68 65 6c 6c 6f')).toBeVisible();
    await bench.getByRole('button', { name: 'Send this frame to echo' }).click();
    await expect(bench.getByText(/CLOSE 1002/).first()).toBeVisible();
    await expect(bench.getByText('The TCP connection has ended: fin.')).toBeVisible();
  });

  test('says what is wrong with a key, and sends nothing then', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Break it by hand' }).click();
    await bench.getByLabel('Mask it').check();
    await bench.getByLabel(/Masking-key/).fill('37 fa 2');
    await expect(bench.getByText(/A masking-key is 4 bytes/)).toBeVisible();
    await expect(bench.getByRole('button', { name: 'Send this frame to echo' })).toBeDisabled();
    await bench.getByRole('button', { name: 'Draw a key' }).click();
    await expect(bench.getByRole('button', { name: 'Send this frame to echo' })).toBeEnabled();
  });

  test('passes the challenge by what is on the wire', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByRole('tab', { name: 'Break it by hand' }).click();
    await bench.getByLabel('Mask it').check();
    await bench.getByLabel(/Masking-key/).fill('00000000');
    await bench.getByRole('button', { name: 'Send this frame to echo' }).click();
    await expect(bench.getByText(/TEXT 'hello'/).first()).toBeVisible();
    await bench.getByRole('tab', { name: 'Challenge' }).click();
    await expect(bench.getByRole('region', { name: 'Masked, and still legible' })).toContainText('done');
  });
});

for (const theme of ['dark', 'light'] as const) {
  test(`Masking bench: has no fault that axe finds once it has run, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await bench.getByRole('button', { name: 'Send it three times' }).click();
    await expect(bench.getByRole('table', { name: 'The last text frames' })).toBeVisible();
    await expectAccessible(page);
    await bench.getByRole('tab', { name: 'The attack' }).click();
    await bench.getByRole('button', { name: 'Run the attack' }).click();
    await expect(bench.getByText(/The victim was fooled/)).toBeVisible();
    await expectAccessible(page);
  });
}
