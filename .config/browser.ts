import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** What a search for a browser depends on; a test hands in its own. */
export interface Surroundings {
  platform: NodeJS.Platform;
  env: Readonly<Record<string, string | undefined>>;
  exists: (path: string) => boolean;
  /** Where Playwright would have put its own browser. */
  playwrightPath: () => string;
}

const here: Surroundings = {
  platform: process.platform,
  env: process.env,
  exists: existsSync,
  playwrightPath: () => chromium.executablePath(),
};

/**
 * How a browser is started for tests: Chromium's own sandbox does not run as root, which is how it goes in a container,
 * and a test shall be the only one that asks anything of a network.
 */
export const browserArguments: readonly string[] = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

// The headless shell first: the same engine without the windows of a browser, which cost more than the pages in them.
const unixNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
];
const windowsNames = ['chrome.exe', 'chromium.exe'];

const macApps = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const linuxPlaces = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
];

const windowsPrograms = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Every place where a Chromium or Chrome may be, the preferred first. */
function candidates({ platform, env, playwrightPath }: Surroundings): string[] {
  const given = env['CHROMIUM_PATH'] ?? '';
  return [...(given === '' ? [] : [given]), ...usualPlaces(platform, env), playwrightPath()];
}

function usualPlaces(platform: NodeJS.Platform, env: Surroundings['env']): string[] {
  if (platform === 'win32') {
    const homes = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => env[name] ?? []);
    return [
      ...onPath(env['PATH'] ?? env['Path'], ';', '\\', windowsNames),
      ...homes.flatMap((home) => windowsPrograms.map((program) => `${home}\\${program}`)),
    ];
  }
  const inPath = onPath(env['PATH'], ':', '/', unixNames);
  if (platform !== 'darwin') return [...inPath, ...linuxPlaces];
  const folders = ['/Applications', ...(env['HOME'] === undefined ? [] : [`${env['HOME']}/Applications`])];
  return [...inPath, ...folders.flatMap((folder) => macApps.map((app) => `${folder}/${app}`))];
}

function onPath(
  path: string | undefined,
  delimiter: string,
  separator: string,
  names: readonly string[],
): string[] {
  const folders = (path ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((name) => `${folder}${separator}${name}`));
}

/** The browsers that are there, the preferred first. Throws where `CHROMIUM_PATH` names nothing. */
export function browsersHere(surroundings: Surroundings = here): string[] {
  const given = surroundings.env['CHROMIUM_PATH'] ?? '';
  if (given !== '' && !surroundings.exists(given)) {
    throw new Error(
      `CHROMIUM_PATH names ${given}, where there is nothing. Unset it, or name a Chromium or Chrome.`,
    );
  }
  return [...new Set(candidates(surroundings).filter((path) => surroundings.exists(path)))];
}

/** A browser with windows: the headless shell has no back/forward cache. Throws where there is none. */
export function wholeBrowser(surroundings: Surroundings = here): string {
  const whole = browsersHere(surroundings).find((path) => !path.endsWith('headless-shell'));
  if (whole !== undefined) return whole;
  throw new Error('The headless shell has no back/forward cache. Install Chromium or Chrome beside it.');
}
