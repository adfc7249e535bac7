import { expect, test } from './support/fixtures.ts';

const lesson = '/lessons/what-is-a-websocket/';

test.describe('A prediction', () => {
  test('meets its answer, and says whether it held', async ({ page }) => {
    await page.goto(lesson);
    const answer = page.locator('ws-predict-answer');
    await expect(answer).toContainText('You did not guess');
    await page.getByRole('radio', { name: 'The 5 bytes of' }).check();
    await expect(page.locator('ws-predict')).toContainText('Noted.');
    await expect(answer).toContainText('You guessed “The 5 bytes of “hello”.” It turns out otherwise.');
    await page.getByRole('radio', { name: 'An ordinary HTTP request' }).check();
    await expect(answer).toContainText('That is what happens.');
  });
});

test('What is opened before the page’s script has come shows what is in it', async ({ page }) => {
  let letGo: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (letGo = resolve));
  await page.route('**/_astro/*.js', async (route) => {
    await opened;
    await route.continue();
  });
  await page.goto('/lessons/networks-in-the-middle/', { waitUntil: 'commit' });
  const panel = page.locator('.conditions-panel').first();
  await panel.locator('summary').click();
  await expect(panel).toHaveAttribute('open');
  letGo();
  await expect(panel.getByRole('button', { name: /^Cut/ }).first()).toBeVisible();
});

test.describe('The contents', () => {
  test('mark the lesson that is open and the section that is read', async ({ page }) => {
    await page.goto(`${lesson}#traps`);
    const contents = page.getByRole('navigation', { name: 'Main' });
    await expect(contents.getByRole('link', { name: 'What is a WebSocket?' })).toHaveAttribute(
      'aria-current',
      'page',
    );
    await expect(contents.getByRole('link', { name: 'Traps' })).toHaveAttribute('aria-current', 'location');
  });

  test('close on a phone when a section is chosen', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(lesson);
    await page.getByRole('button', { name: 'Menu' }).click();
    const contents = page.getByRole('navigation', { name: 'Main' });
    await contents.getByRole('link', { name: 'Traps' }).click();
    await expect(contents.getByRole('link', { name: 'Traps' })).toBeHidden();
    await expect(page.getByRole('heading', { name: 'Traps' })).toBeInViewport();
  });
});

test.describe('The search', () => {
  test('is reached, walked and left by keyboard', async ({ page }) => {
    await page.goto(lesson);
    await page.keyboard.press('Control+k');
    const dialog = page.getByRole('dialog', { name: 'Search' });
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await page.keyboard.type('masking-key');
    await expect(dialog.getByRole('status')).toHaveText(/\d+ pages? found\./);
    await page.keyboard.press('ArrowDown');
    await expect(dialog.getByRole('link').first()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(dialog.getByRole('searchbox')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('says so when there is nothing', async ({ page }) => {
    await page.goto(lesson);
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('zzzzqqqq');
    await expect(page.getByRole('dialog').getByRole('status')).toHaveText('Nothing found for “zzzzqqqq”.');
  });

  test('loads nothing before it is opened', async ({ page }) => {
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(lesson);
    await expect(page.getByRole('button', { name: 'Search' })).toBeEnabled();
    expect(asked.filter((path) => path.startsWith('/pagefind/'))).toEqual([]);
  });
});
