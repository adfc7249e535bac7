import { describe, expect, it } from 'vitest';
import { browsersHere, wholeBrowser, type Surroundings } from '../../.config/browser.ts';

/** A machine that has these files, and Playwright's browser at a place of its own if it is among them. */
const machine = (has: readonly string[], given: Partial<Surroundings> = {}): Surroundings => ({
  platform: 'linux',
  env: {},
  exists: (path) => has.includes(path),
  playwrightPath: () => '/playwright/chrome',
  ...given,
});

describe('browsersHere', () => {
  it('puts the one that CHROMIUM_PATH names before all others', () => {
    const env = { CHROMIUM_PATH: '/mine/chrome', PATH: '/usr/bin' };
    expect(browsersHere(machine(['/usr/bin/chromium', '/mine/chrome'], { env }))).toEqual([
      '/mine/chrome',
      '/usr/bin/chromium',
    ]);
  });

  it('refuses a CHROMIUM_PATH that names nothing, in one line', () => {
    const env = { CHROMIUM_PATH: '/not/there', PATH: '/usr/bin' };
    expect(() => browsersHere(machine(['/usr/bin/chromium'], { env }))).toThrow(
      /^CHROMIUM_PATH names \/not\/there, where there is nothing\.[^\n]*$/,
    );
  });

  it('takes an empty CHROMIUM_PATH for none', () => {
    const env = { CHROMIUM_PATH: '', PATH: '/usr/bin' };
    expect(browsersHere(machine(['/usr/bin/chromium'], { env }))).toEqual(['/usr/bin/chromium']);
  });

  it('finds the browsers of Linux in the order of the PATH, then in their own folders, then Playwright’s', () => {
    const has = [
      '/usr/bin/chromium',
      '/opt/bin/google-chrome',
      '/opt/google/chrome/chrome',
      '/playwright/chrome',
    ];
    expect(browsersHere(machine(has, { env: { PATH: '/opt/bin::/usr/bin' } }))).toEqual([
      '/opt/bin/google-chrome',
      '/usr/bin/chromium',
      '/opt/google/chrome/chrome',
      '/playwright/chrome',
    ]);
  });

  it('names a browser once, though its folder is twice on the PATH', () => {
    const env = { PATH: '/usr/bin:/usr/bin' };
    expect(browsersHere(machine(['/usr/bin/chromium'], { env }))).toEqual(['/usr/bin/chromium']);
  });

  it('finds the applications of macOS, of all users and of this one', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    const chromium = '/Users/ada/Applications/Chromium.app/Contents/MacOS/Chromium';
    const mac = machine([chromium, chrome], { platform: 'darwin', env: { HOME: '/Users/ada' } });
    expect(browsersHere(mac)).toEqual([chrome, chromium]);
  });

  it('finds the programs of Windows, by the PATH under either spelling and in the usual folders', () => {
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const own = 'D:\\tools\\chrome.exe';
    const env = {
      Path: 'C:\\Windows;D:\\tools',
      PROGRAMFILES: 'C:\\Program Files',
      'PROGRAMFILES(X86)': 'C:\\Program Files (x86)',
    };
    expect(browsersHere(machine([edge, chrome, own], { platform: 'win32', env }))).toEqual([
      own,
      chrome,
      edge,
    ]);
  });

  it('finds nothing where there is none', () => {
    for (const platform of ['linux', 'darwin', 'win32', 'freebsd'] as const) {
      expect(browsersHere(machine([], { platform }))).toEqual([]);
    }
  });
});

describe('wholeBrowser', () => {
  const env = { PATH: '/usr/bin' };
  const shell = '/usr/bin/chromium-headless-shell';

  it('passes over the headless shell, which otherwise comes first', () => {
    const both = machine(['/usr/bin/chromium', shell], { env });
    expect(browsersHere(both)).toEqual([shell, '/usr/bin/chromium']);
    expect(wholeBrowser(both)).toBe('/usr/bin/chromium');
  });

  it('says what to install where there is no other', () => {
    expect(() => wholeBrowser(machine([shell], { env }))).toThrow(/Install Chromium or Chrome/);
  });
});
