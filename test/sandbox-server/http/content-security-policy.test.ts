import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../../sandbox-server/http/content-security-policy.ts';

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const scripts = (html: string): string =>
  contentSecurityPolicy(html, 'localhost:4321')
    .split('; ')
    .find((directive) => directive.startsWith('script-src')) ?? '';

const own = "script-src 'self' 'wasm-unsafe-eval'";

describe('contentSecurityPolicy', () => {
  it('allows a page without scripts none but its own files', () => {
    expect(scripts('<p>script</p>')).toBe(own);
  });

  it('names the hash of each inline script, once', () => {
    expect(scripts('<script>a()</script><SCRIPT type="module">\n b() </SCRIPT ><script>a()</script>')).toBe(
      `${own} ${hash('a()')} ${hash('\n b() ')}`,
    );
  });

  it('names none for a script with a source, or without text', () => {
    expect(
      scripts('<script src="/a.js"></script><script defer src=/b.js>ignored</script><script></script>'),
    ).toBe(own);
  });

  it('is not led astray by > in an attribute, by a word that contains src, or by a script in a string', () => {
    expect(scripts('<script data-a="x > y" data-src="no">c("<script>")</script>')).toBe(
      `${own} ${hash('c("<script>")')}`,
    );
  });

  it('hashes CR LF as the LF that a browser makes of it', () => {
    expect(scripts('<script>a\r\nb</script>')).toBe(`${own} ${hash('a\nb')}`);
  });

  it('is quick on a page that tries to make it slow', () => {
    expect(scripts(`<script${' a'.repeat(50_000)}`)).toBe(own);
    expect(scripts(`<script${' "'.repeat(20_000)}`)).toBe(own);
  });

  it('allows WebSockets to where the page came from, and nothing foreign', () => {
    const policy = contentSecurityPolicy('', 'lab.local:80');
    expect(policy).toContain("connect-src 'self' ws://lab.local:80 wss://lab.local:80");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toMatch(/script-src[^;]*'unsafe/);
    expect(policy).not.toContain('*');
  });
});
