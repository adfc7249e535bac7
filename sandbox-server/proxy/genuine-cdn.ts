import type { RequestHead } from '../../src/protocol/http-head.ts';

/** The name under which victims ask for their script. `.example` belongs to nobody (RFC 2606 §3). */
const cdnHost = 'cdn.example';

/** The path of the script that everybody includes. */
const libraryPath = '/library.js';

const library = `// The genuine library of ${cdnHost}. It does no harm.\nexport const version = '1.0.0';\n`;

/** What the owner of `cdn.example` answers: its library, or 404. It is a text of this process; no byte leaves it. */
export function answerOfCdn({ method, target }: RequestHead): Buffer {
  const found = method === 'GET' && target === libraryPath;
  const body = Buffer.from(found ? library : `There is only ${libraryPath} here.\n`);
  const fields = [
    found ? 'HTTP/1.1 200 OK' : 'HTTP/1.1 404 Not Found',
    `Content-Type: ${found ? 'text/javascript' : 'text/plain'}; charset=utf-8`,
    'Cache-Control: public, max-age=3600',
    `Content-Length: ${String(body.length)}`,
  ];
  return Buffer.concat([Buffer.from(`${fields.join('\r\n')}\r\n\r\n`), body]);
}
