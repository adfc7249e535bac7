const lf = 0x0a;
const cr = 0x0d;

/**
 * The request-target of the request line at the beginning of `bytes` (RFC 9112 §3); `undefined` while the line is not
 * whole, and `''` where it is none. Empty lines before it are passed over (§2.2).
 */
export function peekRequestTarget(bytes: Uint8Array): string | undefined {
  let start = 0;
  while (bytes[start] === cr || bytes[start] === lf) start++;
  const end = bytes.indexOf(lf, start);
  if (end === -1) return undefined;
  const line = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+ (\S+) HTTP\/[0-9.]+\r?$/.exec(line)?.[1] ?? '';
}

/** A request-target taken apart. */
export interface TargetParts {
  /** `host:port` where the target is in absolute form (RFC 9112 §3.2.2). */
  authority: string | undefined;
  path: string;
  /** Without the question mark. */
  query: string;
}

/** Takes a request-target in origin form or absolute form apart; nothing is decoded. */
export function splitTarget(target: string): TargetParts {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(target);
  const rest = absolute ? target.slice(absolute[0].length) : target;
  const question = rest.indexOf('?');
  const path = question === -1 ? rest : rest.slice(0, question);
  return {
    authority: absolute?.[1],
    path: path === '' ? '/' : path,
    query: question === -1 ? '' : rest.slice(question + 1),
  };
}
