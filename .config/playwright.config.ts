import { defineConfig } from '@playwright/test';
import { browserArguments, browsersHere } from './browser.ts';

// `npm run test:e2e` names in CHROMIUM_PATH one that it has seen start; an editor that runs a single test does not.
const [executablePath] = browsersHere();

export default defineConfig({
  testDir: '../test/e2e',
  outputDir: '../test-results/e2e',
  forbidOnly: true,
  fullyParallel: true,
  // A test that fails now and then is broken.
  retries: 0,
  workers: 2,
  // A slow machine is no fault of the site.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: {
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      args: [...browserArguments],
    },
  },
});
