import { show } from '../../src/contract/result.ts';
import { refuse } from '../refusals.ts';

/**
 * Whether a query asks the server to end the connection after its answer (`connection=close`), as a server does that
 * does not keep connections alive. Throws `SandboxError` where it asks for something else.
 */
export function closesAfter(query: URLSearchParams): boolean {
  const connection = query.get('connection') ?? 'keep-alive';
  if (connection === 'close' || connection === 'keep-alive') return connection === 'close';
  throw refuse.fieldRefused('connection', `expected close or keep-alive, got ${show(connection)}`);
}

/** Whether an `If-None-Match` names an entity tag, by weak comparison (RFC 9110 §13.1.2). */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  return ifNoneMatch.split(',').some((each) => {
    const named = each.trim();
    return named === '*' || named.replace(/^W\//, '') === tag;
  });
}
