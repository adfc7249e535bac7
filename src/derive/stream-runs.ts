import type { Connection } from './connection.ts';
import { markOf } from './mark-of.ts';

/** The connections of one run of a client of the numbered stream. */
export interface StreamRun {
  /** What its messages begin with. */
  mark: string;
  connections: Connection[];
}

/** The connections to the stream, by the mark of their run. */
export function runsOf(connections: readonly Connection[]): StreamRun[] {
  const runs = new Map<string, StreamRun>();
  for (const connection of connections) {
    const mark = connection.path?.includes('/stream?') === true ? markOf(connection.path) : undefined;
    if (mark === undefined) continue;
    const run = runs.get(mark) ?? { mark, connections: [] };
    run.connections.push(connection);
    runs.set(mark, run);
  }
  return [...runs.values()];
}

/** How often each number is there. */
export function countsOf(numbers: readonly (number | undefined)[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const number of numbers) {
    if (number !== undefined) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}
