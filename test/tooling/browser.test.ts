import { describe, expect, it } from 'vitest';
import { browserCandidates, findBrowser, type Surroundings } from '../../.config/browser.ts';

const machine = (given: Partial<Surroundings> & { has?: string[] }): Surroundings => ({
  platform: 'linux',
  env: {},
  exists: (path) => (given.has ?? []).includes(path),
  playwrightPath: () => '/playwright/chrome',
  ...given,
});

describe('findBrowser', () => {
  it('takes the one that CHROMIUM_PATH names before any other', () => {
    const env = { CHROMIUM_PATH: '/mine/chrome', PATH: '/usr/bin' };
    expect(findBrowser(machine({ env, has: ['/usr/bin/chromium', '/mine/chrome'] }))).toBe('/mine/chrome');
  });

  it('refuses a CHROMIUM_PATH that names nothing, in one line', () => {
    const lost = machine({
      env: { CHROMIUM_PATH: '/not/there', PATH: '/usr/bin' },
      has: ['/usr/bin/chromium'],
    });
    expect(() => findBrowser(lost)).toThrow(
      /^CHROMIUM_PATH names \/not\/there, where there is nothing\.[^\n]*$/,
    );
  });

  it('finds Playwright’s own', () => {
    expect(findBrowser(machine({ has: ['/playwright/chrome'] }))).toBe('/playwright/chrome');
  });

  it('finds a browser on the PATH of Linux, in the order of the PATH', () => {
    const env = { PATH: '/opt/bin:/usr/bin' };
    expect(findBrowser(machine({ env, has: ['/usr/bin/chromium', '/opt/bin/google-chrome'] }))).toBe(
      '/opt/bin/google-chrome',
    );
  });

  it('finds the usual application of macOS', () => {
    const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(machine({ platform: 'darwin', has: [chrome] }))).toBe(chrome);
  });

  it('finds the usual program of Windows', () => {
    const env = { PROGRAMFILES: 'C:\\Program Files' };
    const chrome = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    expect(findBrowser(machine({ platform: 'win32', env, has: [chrome] }))).toBe(chrome);
  });

  it('finds nothing where there is none, and has looked in more than one place', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      const empty = machine({ platform, env: { PATH: '/usr/bin', PROGRAMFILES: 'C:\\Program Files' } });
      expect(findBrowser(empty)).toBeUndefined();
      expect(browserCandidates(empty).length).toBeGreaterThan(3);
    }
  });
});
