import { STATUS_CODES } from 'node:http';
import { SandboxError } from '../errors.ts';

/** Fields that belong to a status (RFC 9110 §15). */
const fieldsOf: Record<number, Record<string, string>> = {
  401: { 'WWW-Authenticate': 'Bearer realm="ws101"' },
  405: { Allow: 'GET' },
  407: { 'Proxy-Authenticate': 'Basic realm="ws101"' },
  426: { Upgrade: 'websocket', Connection: 'Upgrade', 'Sec-WebSocket-Version': '13' },
  429: { 'Retry-After': '5' },
  503: { 'Retry-After': '5' },
};

/** The refusal of an opening handshake that a client has asked for by `?reject=<status>`. */
export function rejectionAsAsked(status: number, path: string): SandboxError {
  const phrase = STATUS_CODES[status] ?? 'a status without a name';
  const isRedirect = status < 400;
  return new SandboxError(
    status,
    'rejected-as-asked',
    `The server answers ${String(status)} (${phrase}), because ?reject=${String(status)} asks for it.`,
    isRedirect
      ? 'A browser does not follow it: for a WebSocket a redirect is a failure.'
      : 'Leave ?reject away, and the handshake succeeds.',
    { headers: isRedirect ? { Location: path } : (fieldsOf[status] ?? {}) },
  );
}
