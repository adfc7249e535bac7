import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { defaultLimits } from '../../../sandbox-server/limits.ts';
import type { SandboxOptions } from '../../../sandbox-server/options.ts';
import { startSandbox, type Sandbox } from '../../../sandbox-server/sandbox.ts';

export { expect };

/** A sandbox as a learner starts it, but that every test may have a lab of its own. */
export const sandboxOptions = (given: Partial<SandboxOptions>): Partial<SandboxOptions> => ({
  logLevel: 'silent',
  limits: { ...defaultLimits, maxLabsPerAddress: 1000, maxNewLabsPerMinute: 10_000 },
  ...given,
});

interface PageFixtures {
  /** Errors on the page's console, or thrown in it and not caught, that the test provokes; any other fails it. */
  expectedConsoleErrors: RegExp | undefined;
  /** Fails a test whose page logs an error, throws, or asks anything of a foreign host. */
  wellBehaved: undefined;
}

/** Tests over the built site, served by the real sandbox on a free port, one for each worker. */
export const test = base.extend<PageFixtures, { sandbox: Sandbox }>({
  sandbox: [
    async ({}, use) => {
      const sandbox = await startSandbox(sandboxOptions({ port: 0 }));
      await use(sandbox);
      await sandbox.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ sandbox }, use) => {
    await use(sandbox.origin);
  },
  expectedConsoleErrors: [undefined, { option: true }],
  wellBehaved: [
    async ({ context, expectedConsoleErrors }, use) => {
      const complaints: string[] = [];
      context.on('console', (message) => {
        const text = message.text();
        if (message.type() === 'error' && expectedConsoleErrors?.test(text) !== true) complaints.push(text);
      });
      context.on('weberror', (error) => {
        const text = String(error.error());
        if (expectedConsoleErrors?.test(text) !== true) complaints.push(text);
      });
      context.on('request', (request) => {
        const { hostname, protocol } = new URL(request.url());
        if (hostname !== '127.0.0.1' && protocol !== 'data:' && protocol !== 'blob:')
          complaints.push(`asked ${request.url()}`);
      });
      await use(undefined);
      expect(complaints, 'what the page complained of').toEqual([]);
    },
    { auto: true },
  ],
});

export type Theme = 'dark' | 'light';

/** Makes every page of the test open in a theme. */
export async function useTheme(page: Page, theme: Theme): Promise<void> {
  await page.addInitScript((chosen) => {
    localStorage.setItem('starlight-theme', chosen);
  }, theme);
}

/** Fails with a line for each node in which axe finds a fault. */
export async function expectAccessible(page: Page): Promise<void> {
  await expectNoFaults(new AxeBuilder({ page }));
}

/** Fails with a line for each node whose colours axe finds too close to one another. */
export async function expectReadableColors(page: Page): Promise<void> {
  await expectNoFaults(new AxeBuilder({ page }).withRules(['color-contrast', 'link-in-text-block']));
}

async function expectNoFaults(axe: AxeBuilder): Promise<void> {
  const { violations } = await axe.analyze();
  const faults = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
  expect(faults).toEqual([]);
}
