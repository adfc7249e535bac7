import { userAgentOf } from '../../derive/client-name.ts';
import type { Connection } from '../../derive/connection.ts';
import type { Eyewitness } from '../../derive/ladder.ts';
import type { Witness } from '../../lab/witness.ts';

/**
 * Finds to each of the page's sockets its connection in the log: both know the path, and both lists are in the order of
 * time. They are paired from their ends, since the log may remember connections of a page that was reloaded since.
 */
export function eyewitnessesOf(
  connections: readonly Connection[],
  witnesses: readonly Witness[],
): Eyewitness[] {
  const found: Eyewitness[] = [];
  const free = connections.filter((connection) => userAgentOf(connection) === navigator.userAgent);
  for (const { socket, testimonies } of witnesses.toReversed()) {
    const { pathname, search } = new URL(socket.url);
    const index = free.findLastIndex(({ path }) => path === pathname + search);
    const connection = free[index];
    if (!connection) continue;
    free.splice(index);
    found.push({ connection, events: testimonies });
  }
  return found;
}
