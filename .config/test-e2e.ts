import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runBuild } from './build-command.ts';
import { ensureBrowser } from './ensure-browser.ts';

/** Runs Playwright with a browser that starts, over the site as it is; what follows on the command line is Playwright's. */
function runPlaywright(browser: string): void {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  const config = join(import.meta.dirname, 'playwright.config.ts');
  const child = spawn(process.execPath, [cli, 'test', '--config', config, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: browser },
  });
  // Ctrl-C reaches Playwright too: it closes its browsers and then ends, and this process with it.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}

try {
  const browser = await ensureBrowser();
  if (await runBuild({ ifStale: true })) runPlaywright(browser);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
