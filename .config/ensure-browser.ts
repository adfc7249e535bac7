import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from '@playwright/test';
import { browserArguments, browsersHere } from './browser.ts';
import { runWithProgress } from './run-with-progress.ts';

/** A download of a browser that takes longer is given up, ms. */
const longestInstallMs = 600_000;

/** A browser that takes longer to start, on a machine under load, does not start, ms. */
const longestStartMs = 60_000;

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The path of a Chromium or Chrome that starts: one that is here, or else one that is installed now. Throws an error of
 * one line, which says what to install, where that cannot be.
 */
export async function ensureBrowser(): Promise<string> {
  const tried = new Set<string>();
  const given = process.env['CHROMIUM_PATH'] ?? '';
  if (given !== '') {
    browsersHere();
    if (await starts(given)) return given;
    throw new Error(`CHROMIUM_PATH names ${given}, which does not start. Unset it, or name another browser.`);
  }
  const one = await firstThatStarts(tried);
  if (one !== undefined) return one;
  tell('There is no Chromium or Chrome here. Installing one …');
  for (const install of [installWithPlaywright, installWithApt]) {
    const installed = (await install()) ? await firstThatStarts(tried) : undefined;
    if (installed !== undefined) return installed;
  }
  throw new Error(
    'The end-to-end tests need a browser: install Chromium or Chrome, or name one in CHROMIUM_PATH, and run again.',
  );
}

async function firstThatStarts(tried: Set<string>): Promise<string | undefined> {
  for (const path of browsersHere().filter((one) => !tried.has(one))) {
    tried.add(path);
    if (await starts(path)) return path;
  }
  return undefined;
}

/** A path is no proof: a stub of a distribution, or a browser without its libraries, has one too. */
async function starts(path: string): Promise<boolean> {
  try {
    const options = { executablePath: path, args: [...browserArguments], timeout: longestStartMs };
    const browser = await chromium.launch(options);
    await browser.close();
    return true;
  } catch (error) {
    const [reason = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    tell(`  ${path} does not start: ${reason}`);
    return false;
  }
}

function installWithPlaywright(): Promise<boolean> {
  const cli = join(
    dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')),
    'cli.js',
  );
  return runWithProgress({
    says: 'playwright install chromium',
    command: process.execPath,
    args: [cli, 'install', 'chromium'],
    limitMs: longestInstallMs,
  });
}

/** Debian's packages, where apt is at hand and we may use it. */
async function installWithApt(): Promise<boolean> {
  if (!existsSync('/usr/bin/apt-get') || !(await apt('update'))) return false;
  const install = (...names: string[]): Promise<boolean> =>
    apt('install', '--yes', '--no-install-recommends', ...names);
  return (await install('chromium', 'chromium-headless-shell')) || install('chromium');
}

function apt(...args: string[]): Promise<boolean> {
  // `timeout` ends apt as whoever it runs as; a kill of ours could not.
  const command = [
    ...(process.getuid?.() === 0 ? [] : ['sudo', '-n']),
    ...['env', 'DEBIAN_FRONTEND=noninteractive', 'timeout', '--kill-after=10', '540', 'apt-get', '--quiet'],
    ...['-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30', '-o', 'DPkg::Lock::Timeout=60'],
    ...args,
  ];
  const [program = '', ...rest] = command;
  return runWithProgress({
    says: `apt-get ${args.join(' ')}`,
    command: program,
    args: rest,
    limitMs: longestInstallMs,
  });
}
