import type { Locator, Page } from '@playwright/test';
import { expect } from './fixtures.ts';

/** Opens a lesson and waits until its bench stands on a live lab. */
export async function openBench(page: Page, path: string, name: string): Promise<Locator> {
  await page.goto(path);
  const bench = page.getByRole('region', { name });
  await expect(bench.getByRole('status').filter({ hasText: 'live' })).toBeVisible();
  return bench;
}
