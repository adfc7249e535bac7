import type { SandboxError } from './errors.ts';
import { refuse } from './refusals.ts';

/** What a request shows at the door. */
export interface Knock {
  /** The values of all its Host fields. */
  hosts: readonly string[];
  /** The authority of its request-target, where that is in absolute form (RFC 9112 §3.2.2): it counts as Host. */
  authority: string | undefined;
  /** Its Origin field. Only browsers send one, and always where a page could not read the answer otherwise. */
  origin: string | undefined;
}

/**
 * Who may pass: `anybody` (any page of any origin; a browser always sends Host, so a missing one is let pass),
 * `readers` (the site: any origin, but only under a name that is served) or `own pages`.
 */
export type Door = 'anybody' | 'readers' | 'own pages';

/** Whom the doors know. */
export interface DoorKeeper {
  servesName(name: string): boolean;
  /** Origins of pages that are served elsewhere on purpose: `http://localhost:4321`. */
  allowedOrigins: ReadonlySet<string>;
}

/**
 * Whether a request may come in; if not, the refusal. Against DNS rebinding, a request must name a host that is served;
 * against foreign pages, a page's origin must be that very host (compared whole, since a substring proves nothing).
 */
export function admit(knock: Knock, door: Door, keeper: DoorKeeper): SandboxError | undefined {
  const { hosts, authority, origin } = knock;
  if (hosts.length > 1 || (hosts.length === 0 && door !== 'anybody')) return refuse.hostMissing();
  const [host] = hosts;
  for (const named of [host, authority]) {
    if (named !== undefined && !servesAuthority(named, keeper)) return refuse.wrongHost(named);
  }
  if (door !== 'own pages' || origin === undefined || keeper.allowedOrigins.has(origin)) return undefined;
  const own = host === undefined ? [] : [`http://${host.toLowerCase()}`, `https://${host.toLowerCase()}`];
  return own.includes(origin) ? undefined : refuse.foreignOrigin(origin);
}

/** `name`, `name:port`, `[v6]` or `[v6]:port`. The port may be another's: a forwarded one is common, and proves nothing. */
const authorityForm = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::[0-9]{1,5})?$/i;

function servesAuthority(authority: string, keeper: DoorKeeper): boolean {
  const name = authorityForm.exec(authority)?.[1];
  return name !== undefined && keeper.servesName(name.toLowerCase());
}
