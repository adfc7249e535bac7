import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findBrowser } from './browser.ts';
import { root } from './site-sources.ts';

/** A download that takes longer is given up, ms. */
const longestInstallMs = 300_000;

function run(command: string, args: string[]): boolean {
  process.stderr.write(
    `  ${command === process.execPath ? 'playwright install chromium' : [command, ...args].join(' ')}\n`,
  );
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'ignore', 'ignore'],
    timeout: longestInstallMs,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return status === 0;
}

/** Debian's package, where apt is at hand and we may use it. */
function installWithApt(): boolean {
  if (process.platform !== 'linux') return false;
  const isRoot = process.getuid?.() === 0;
  const apt = (...args: string[]): boolean =>
    isRoot ? run('apt-get', args) : run('sudo', ['-n', 'apt-get', ...args]);
  return apt('update') && apt('install', '-y', '--no-install-recommends', 'chromium');
}

const installWithPlaywright = (): boolean =>
  run(process.execPath, [join(root, 'node_modules', '@playwright', 'test', 'cli.js'), 'install', 'chromium']);

if (findBrowser() === undefined) {
  process.stderr.write('No Chromium or Chrome here. Installing one …\n');
  const installed = (installWithPlaywright() || installWithApt()) && findBrowser() !== undefined;
  if (!installed) {
    process.stderr.write(
      'The end-to-end tests need a browser: install Chromium or Chrome, or name one in CHROMIUM_PATH, and run again.\n',
    );
    process.exitCode = 1;
  }
}
