import { splitTarget } from '../link/request-target.ts';

/** Parts of a lab that are its API, and those whose connections are never recorded. */
const unrecordedParts = new Set([
  'conditions',
  'cut',
  'feed/settings',
  'inject',
  'log',
  'message-fault',
  'raw',
  'readers',
  'restart',
  'script',
  'stampede',
  'wire',
]);

/** A request-target inside a lab. */
export interface LabTarget {
  id: string;
  /** What stands behind the id: `echo`, `wire`, `feed/poll` … */
  part: string;
  query: URLSearchParams;
  /** Whether a connection for it belongs in the wire log. */
  isRecorded: boolean;
}

/** Reads `/labs/<id>/<part>`; `undefined` for any other target. Ids and parts need no escapes, so none are decoded. */
export function parseLabTarget(target: string): LabTarget | undefined {
  const { path, query } = splitTarget(target);
  const match = /^\/labs\/([^/]+)\/(.+)$/.exec(path);
  const [, id, part] = match ?? [];
  if (id === undefined || part === undefined) return undefined;
  return { id, part, query: new URLSearchParams(query), isRecorded: !unrecordedParts.has(part) };
}
