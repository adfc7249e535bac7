import { existsSync } from 'node:fs';
import { join } from 'node:path';
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

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];

const macApps = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPrograms = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
];

/** Every place where a Chromium or Chrome may be, the preferred first. */
export function browserCandidates({ platform, env, playwrightPath }: Surroundings): string[] {
  const given = env['CHROMIUM_PATH'];
  return [...(given === undefined ? [] : [given]), playwrightPath(), ...usualPlaces(platform, env)];
}

function usualPlaces(platform: NodeJS.Platform, env: Surroundings['env']): string[] {
  switch (platform) {
    case 'darwin':
      return ['/Applications', `${env['HOME'] ?? ''}/Applications`].flatMap((folder) =>
        macApps.map((app) => `${folder}/${app}`),
      );
    case 'win32':
      return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => windowsPrograms.map((parts) => [folder, ...parts].join('\\')));
    case 'aix':
    case 'android':
    case 'cygwin':
    case 'freebsd':
    case 'haiku':
    case 'linux':
    case 'netbsd':
    case 'openbsd':
    case 'sunos': {
      const path = (env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
      return [...path.flatMap((folder) => names.map((name) => join(folder, name))), '/snap/bin/chromium'];
    }
  }
}

/** The browser to test with, if there is one. Throws where `CHROMIUM_PATH` names nothing. */
export function findBrowser(surroundings: Surroundings = here): string | undefined {
  const given = surroundings.env['CHROMIUM_PATH'];
  if (given !== undefined && !surroundings.exists(given)) {
    throw new Error(
      `CHROMIUM_PATH names ${given}, where there is nothing. Unset it, or name a Chromium or Chrome.`,
    );
  }
  return browserCandidates(surroundings).find((path) => surroundings.exists(path));
}
