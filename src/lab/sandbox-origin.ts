/** Where the sandbox is: the page's own origin, but while the site is developed on a port of its own. */
export const sandboxOrigin = (): string => import.meta.env.PUBLIC_SANDBOX_ORIGIN ?? location.origin;

/** The address of a WebSocket service of the sandbox. */
export function socketAddress(path: string): string {
  const address = new URL(path, sandboxOrigin());
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  return address.href;
}
