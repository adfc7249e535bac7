import { mkdtempSync, mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRaw, hostOf } from '../../support/raw-client.ts';
import { startSandbox } from '../../support/start-sandbox.ts';

/** A folder with these files; it goes with the test. */
function createSite(files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ws101-site-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const page = '<!doctype html><title>t</title><script>go()</script>';
const script = 'console.log("a script that is worth compressing")'.repeat(20);

const site = (): string =>
  createSite({
    'index.html': page,
    '404.html': '<!doctype html><h1>Not here</h1>',
    'lessons/one/index.html': page,
    '_astro/app.Dx4kXJAl.js': script,
    '_astro/app.Dx4kXJAl.js.br': brotliCompressSync(script),
    '_astro/app.Dx4kXJAl.js.gz': gzipSync(script),
    'index.html.br': brotliCompressSync(page),
    '.secret': 'no',
  });

/** The answer as it was on the wire: `fetch` would decompress it. */
async function get(sandbox: { port: number; origin: string }, path: string, fields = ''): Promise<string> {
  const client = await connectRaw(sandbox);
  client.send(`GET ${path} HTTP/1.1\r\nHost: ${hostOf(sandbox)}\r\nConnection: close\r\n${fields}\r\n`);
  await client.ended;
  return client.received.toString('latin1');
}

describe('The site', () => {
  it('is served with a policy that covers each inline script of the page, and the security headers', async () => {
    const sandbox = await startSandbox({ site: site() });
    const response = await fetch(`${sandbox.origin}/`);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(page);
    const header = (name: string): string | null => response.headers.get(name);
    expect(header('content-type')).toBe('text/html; charset=utf-8');
    expect(header('content-security-policy')).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-[^']+';/);
    expect(header('content-security-policy')).toContain(`ws://${hostOf(sandbox)}`);
    expect(header('x-content-type-options')).toBe('nosniff');
    expect(header('referrer-policy')).toBe('same-origin');
    expect(header('cross-origin-opener-policy')).toBe('same-origin');
    expect(header('strict-transport-security')).toBeNull();
    expect(header('cache-control')).toBe('no-cache');
  });

  it('knows the policy of a page anew when its file has changed', async () => {
    const folder = site();
    const sandbox = await startSandbox({ site: folder });
    const policy = async (): Promise<string | null> =>
      (await fetch(`${sandbox.origin}/lessons/one/`)).headers.get('content-security-policy');
    const before = await policy();
    writeFileSync(join(folder, 'lessons/one/index.html'), page.replace('go()', 'went()'));
    utimesSync(join(folder, 'lessons/one/index.html'), 1, 1);
    expect(await policy()).not.toBe(before);
  });

  it('answers 304 to whoever has the page already', async () => {
    const sandbox = await startSandbox({ site: site() });
    const etag = /\r\netag: (.*)\r\n/i.exec(await get(sandbox, '/'))?.[1] ?? '';
    expect(etag).not.toBe('');
    expect(await get(sandbox, '/', `If-None-Match: ${etag}\r\n`)).toMatch(/^HTTP\/1\.1 304 /);
    expect(await get(sandbox, '/', 'If-None-Match: "another"\r\n')).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('serves what was compressed when it was built, as the client prefers', async () => {
    const sandbox = await startSandbox({ site: site() });
    for (const [accepts, encoding] of [
      ['br, gzip', 'br'],
      ['gzip', 'gzip'],
    ] as const) {
      const answer = await get(sandbox, '/_astro/app.Dx4kXJAl.js', `Accept-Encoding: ${accepts}\r\n`);
      expect(answer).toContain(`content-encoding: ${encoding}`);
      expect(answer).toMatch(/vary: accept-encoding/i);
      expect(answer).toMatch(/content-type: (text|application)\/javascript/);
    }
    expect(await get(sandbox, '/_astro/app.Dx4kXJAl.js')).toContain(script);
    const html = await get(sandbox, '/', 'Accept-Encoding: br\r\n');
    expect(html).toContain('content-encoding: br');
    expect(html).toMatch(/script-src 'self' 'wasm-unsafe-eval' 'sha256-/);
  });

  it('lets files with a hash in their name be kept for ever, and asks for the others again', async () => {
    const sandbox = await startSandbox({ site: site() });
    expect(await get(sandbox, '/_astro/app.Dx4kXJAl.js')).toContain(
      'cache-control: public, max-age=31536000, immutable',
    );
    expect(await get(sandbox, '/')).toContain('cache-control: no-cache');
  });

  it('sends a folder without its slash to the folder', async () => {
    const sandbox = await startSandbox({ site: site() });
    const answer = await get(sandbox, '/lessons/one?a=1');
    expect(answer).toMatch(/^HTTP\/1\.1 301 /);
    expect(answer).toContain('location: /lessons/one/?a=1');
  });

  it('answers what is not there with its 404 page, or with JSON where no page is wanted', async () => {
    const sandbox = await startSandbox({ site: site() });
    const wanted = await fetch(`${sandbox.origin}/nowhere`, { headers: { Accept: 'text/html' } });
    expect(wanted.status).toBe(404);
    expect(await wanted.text()).toContain('Not here');
    expect(wanted.headers.get('content-security-policy')).toContain("script-src 'self'");
    const other = await fetch(`${sandbox.origin}/nowhere.json`, { headers: { Accept: 'application/json' } });
    expect(other.status).toBe(404);
    expect(await other.json()).toMatchObject({ error: { code: 'path-not-found' } });
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.secret',
    '/lessons/../../package.json',
    '//etc/passwd',
    '/_astro',
  ])('does not serve %s', async (path) => {
    const sandbox = await startSandbox({ site: site() });
    const answer = await get(sandbox, path);
    expect(answer).toMatch(/^HTTP\/1\.1 (404|301) /);
    expect(answer).not.toContain('"name": "ws101"');
    expect(answer).not.toContain('\r\n\r\nno');
  });

  it('says how to build it where it is not built, and serves it once it is', async () => {
    const folder = createSite({});
    const sandbox = await startSandbox({ site: folder });
    const before = await fetch(`${sandbox.origin}/`);
    expect(before.status).toBe(503);
    expect(await before.text()).toContain('npm run build');
    writeFileSync(join(folder, 'index.html'), page);
    expect((await fetch(`${sandbox.origin}/`)).status).toBe(200);
  });
});
