import { isIP } from 'node:net';
import { hostname } from 'node:os';

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];
const wildcards = ['0.0.0.0', '::'];

/**
 * Under which names a server is served that is bound to `host`: loopback's, its own, and those that were allowed.
 * One that is bound to every address goes by each of them, and by the name of the machine. An address in Host is safe
 * there: only a name can be rebound to another address by a stranger's DNS.
 */
export function servedNames(host: string, allowedHosts: readonly string[]): (name: string) => boolean {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const names = new Set([...loopbackNames, bracketed, ...allowedHosts].map((name) => name.toLowerCase()));
  if (!wildcards.includes(host)) return (name) => names.has(name);
  const machine = hostname().toLowerCase();
  names.add(machine);
  names.add(`${machine}.local`);
  return (name) => names.has(name) || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
}
