import type { Locator, Page } from '@playwright/test';
import { memberSockets, type MemberSocket } from '../../src/derive/member-sockets.ts';
import { readLog } from '../../src/derive/log-reader.ts';
import { parseWireEvent } from '../../src/contract/wire-event.ts';
import { expect, expectAccessible, test, useTheme } from './support/fixtures.ts';
import { openStrictPage } from './support/strict-page.ts';

// A socket that is closed while it connects is an error to the console.
test.use({ expectedConsoleErrors: /WebSocket connection to .* failed/ });

/** Opens the lesson and waits until its bench stands on a live lab. */
async function openBench(page: Page): Promise<Locator> {
  await page.goto('/lessons/a-chat-front-end/');
  const bench = page.getByRole('region', { name: 'Hook bench' });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}

const fact = (bench: Locator, name: string): Locator =>
  bench
    .getByRole('region', { name: 'Its sockets on the wire' })
    .locator('dl > div')
    .filter({ hasText: name })
    .locator('dd');
const opened = (bench: Locator): Locator => fact(bench, 'opened since');
const standing = (bench: Locator): Locator => fact(bench, 'open now');
const rows = (bench: Locator, text: RegExp): Locator => bench.getByRole('row', { name: text });

async function mount(bench: Locator, component: string, isTwice: boolean): Promise<void> {
  await bench.getByLabel(component).check();
  await bench.getByLabel('Effects twice').setChecked(isTwice);
  await bench.getByRole('button', { name: 'Mount it' }).click();
}

test.describe('Hook bench', () => {
  test('as found: what was closed comes back, for nobody', async ({ page }) => {
    const bench = await openBench(page);
    await mount(bench, 'as found on the web', false);
    await expect(rows(bench, /ada open/)).toHaveCount(1);
    await bench.getByLabel('bob').check();
    await expect(rows(bench, /bob open/)).toHaveCount(1);
    await expect(standing(bench)).toHaveText('2; 1 – too many');
    await bench.getByRole('button', { name: 'Unmount it' }).click();
    await expect(standing(bench)).toHaveText('2; 0 – too many');
    await bench.getByRole('button', { name: 'End what is left' }).click();
    await expect(standing(bench)).toHaveText('0; 0');
  });

  test('as found, effects twice: one mount makes two sockets', async ({ page }) => {
    const bench = await openBench(page);
    await mount(bench, 'as found on the web', true);
    await expect.poll(async () => Number(await opened(bench).textContent())).toBeGreaterThan(1);
  });

  test('with the hook: one socket for one mount, one user after another, none after', async ({ page }) => {
    const bench = await openBench(page);
    await mount(bench, 'with the hook', true);
    const stage = bench.getByRole('region', { name: 'The component' });
    await expect(stage.getByText('ada: open')).toBeVisible();
    await expect(opened(bench)).toHaveText('1');
    await stage.getByLabel('Message').fill('I am ada');
    await stage.getByRole('button', { name: 'Send' }).click();
    await expect(stage.getByText('ada: I am ada')).toBeVisible();
    await bench.getByLabel('bob').check();
    await expect(stage.getByText('bob: open')).toBeVisible();
    await bench.getByLabel('cyd').check();
    await expect(stage.getByText('cyd: open')).toBeVisible();
    await expect(opened(bench)).toHaveText('3');
    await expect(standing(bench)).toHaveText('1; 1');
    await bench.getByRole('tab', { name: 'Challenge' }).click();
    const challenge = bench.getByRole('region', { name: 'Three users, no ghost' });
    await expect(challenge).toContainText('Each said goodbye');
    // Only what is said after three seconds counts: it is said again until then.
    await expect(async () => {
      await bench.getByRole('tab', { name: 'Mount it' }).click();
      await stage.getByLabel('Message').fill('I am cyd');
      await stage.getByRole('button', { name: 'Send' }).click();
      await bench.getByRole('tab', { name: 'Challenge' }).click();
      await expect(challenge).toContainText('done', { timeout: 700 });
    }).toPass({ timeout: 15_000 });
    await bench.getByRole('tab', { name: 'Mount it' }).click();
    await bench.getByRole('button', { name: 'Unmount it' }).click();
    await expect(standing(bench)).toHaveText('0; 0');
    await expect(opened(bench)).toHaveText('3');
  });

  test('with the hook: an unmount while it connects leaves no socket', async ({ page }) => {
    const bench = await openBench(page);
    await bench.getByLabel('2 s of latency').click();
    await expect(bench.getByLabel('2 s of latency')).toBeChecked();
    await mount(bench, 'with the hook', false);
    await expect(rows(bench, /connecting/)).toHaveCount(1);
    await bench.getByRole('button', { name: 'Unmount it' }).click();
    await expect(standing(bench)).toHaveText('0; 0', { timeout: 10_000 });
    await expect(opened(bench)).toHaveText('1');
  });
});

/** The chat's sockets in a lab, by its log. */
async function socketsIn(page: Page, lab: string): Promise<MemberSocket[]> {
  const text = await (await page.request.get(`${lab}/log`)).text();
  const events = text
    .trim()
    .split('\n')
    .map((line) => parseWireEvent(JSON.parse(line)))
    .flatMap((event) => (event.ok ? [event.value] : []));
  return memberSockets(readLog(events).connections);
}

test.describe('useWebSocket', () => {
  // The page is made by the test, of scripts that stand in it.
  test.use({ bypassCSP: true });

  test('has exactly one socket under the real StrictMode, and for each URL', async ({ page }) => {
    const lab = (await page.request.post('/labs')).headers()['location'] ?? '';
    await openStrictPage(page);
    await page.evaluate((path) => {
      const { React, ReactDOMClient, useWebSocket } = window as unknown as StrictWindow;
      let effects = 0;
      function Member({ name }: { name: string }) {
        const { state, messages } = useWebSocket(
          `${location.origin.replace('http', 'ws')}${path}/chat?name=${name}`,
        );
        React.useEffect(() => {
          document.body.dataset['effects'] = String(++effects);
        }, []);
        return `${name} ${state} ${String(messages.length)}`;
      }
      const root = ReactDOMClient.createRoot(document.querySelector('#root') ?? document.body);
      Object.assign(window, {
        draw: (name?: string) => {
          root.render(
            name && React.createElement(React.StrictMode, null, React.createElement(Member, { name })),
          );
        },
      });
      (window as unknown as StrictWindow).draw('ada');
    }, lab);
    const shown = page.locator('#root');
    await expect(shown).toHaveText('ada open 1');
    // That is the proof that this StrictMode is at work.
    await expect(page.locator('body')).toHaveAttribute('data-effects', '2');
    expect(await socketsIn(page, lab)).toMatchObject([{ name: 'ada', state: 'open' }]);
    await page.evaluate(() => {
      (window as unknown as StrictWindow).draw('bob');
    });
    await expect(shown).toHaveText('bob open 1');
    await page.evaluate(() => {
      (window as unknown as StrictWindow).draw();
    });
    await expect
      .poll(async () => (await socketsIn(page, lab)).map(({ name, state }) => [name, state]))
      .toEqual([
        ['ada', 'ended'],
        ['bob', 'ended'],
      ]);
  });
});

/** What the page of the real StrictMode has on its window. */
interface StrictWindow {
  React: typeof import('react');
  ReactDOMClient: typeof import('react-dom/client');
  useWebSocket: (url: string) => { state: string; messages: readonly unknown[] };
  draw: (name?: string) => void;
}

for (const theme of ['dark', 'light'] as const) {
  test(`Hook bench: no fault that axe finds, ${theme}`, async ({ page }) => {
    await useTheme(page, theme);
    const bench = await openBench(page);
    await mount(bench, theme === 'dark' ? 'with the hook' : 'as found on the web', false);
    await expect(rows(bench, /ada open/)).toHaveCount(1);
    await expectAccessible(page);
  });
}
