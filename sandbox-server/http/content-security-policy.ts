import { createHash } from 'node:crypto';

/** A script element with its attributes and its text. An attribute's value may contain `>`. */
const scriptElement = /<script((?:\s+(?:[^\s"'>]|"[^"]*"|'[^']*')*)*)\s*>([\s\S]*?)<\/script\s*>/gi;

/** The hash sources of all inline scripts of a page, as `script-src` names them (CSP Level 3 §2.3.1). */
function inlineScriptHashes(html: string): string[] {
  const hashes = new Set<string>();
  for (const [, attributes = '', text = ''] of html.matchAll(scriptElement)) {
    if (/\ssrc\s*=/i.test(attributes) || text === '') continue;
    // A browser reads CR LF as LF before it hashes (HTML §13.2.3.5).
    const digest = createHash('sha256').update(text.replace(/\r\n?/g, '\n')).digest('base64');
    hashes.add(`'sha256-${digest}'`);
  }
  return [...hashes];
}

/**
 * The Content-Security-Policy of a page: nothing but the sandbox's own files, and exactly the inline scripts that the
 * page was built with. `host` is where it was asked for: older Safari does not count ws: to 'self'.
 */
export function contentSecurityPolicy(html: string, host: string): string {
  return [
    "default-src 'none'",
    // Pagefind, the search, compiles WebAssembly.
    ["script-src 'self' 'wasm-unsafe-eval'", ...inlineScriptHashes(html)].join(' '),
    // Expressive Code and React write style attributes, which no hash covers.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ws://${host} wss://${host}`,
    "worker-src 'self'",
    // A snippet as found on the web runs in a frame of its own, which is sandboxed.
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
    "object-src 'none'",
  ].join('; ');
}

/** The policy of an answer that is no page. */
export const noPagePolicy = "default-src 'none'; frame-ancestors 'none'";
