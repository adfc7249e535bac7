import { useMemo } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { ladder } from '../../derive/ladder.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { filterRungs, type RungFilter } from '../../derive/rung-filter.ts';
import type { Rung } from '../../derive/rung.ts';
import type { Witness } from '../../lab/witness.ts';
import { eyewitnessesOf } from './eyewitnesses.ts';

export interface RungsWanted {
  log: WireLogView;
  witnesses: readonly Witness[];
  only: ((connection: Connection) => boolean) | undefined;
  /** The connection that was chosen; the newest where none was. */
  choice: number | 'all' | undefined;
  filter: RungFilter;
}

/** What a ladder shows of a log. */
export interface ShownRungs {
  /** Those that may be chosen. */
  connections: readonly Connection[];
  /** What is shown: a connection by its number, or all. */
  shown: number | 'all';
  /** The connections that are shown. */
  these: readonly Connection[];
  rungs: readonly Rung[];
}

/** The rungs of the chosen connections of a log, narrowed to what is asked for. */
export function useRungs({ log, witnesses, only, choice, filter }: RungsWanted): ShownRungs {
  const connections = useMemo(() => (only ? log.connections.filter(only) : log.connections), [log, only]);
  const isKnown = choice === 'all' || connections.some(({ conn }) => conn === choice);
  const shown = (isKnown ? choice : connections.at(-1)?.conn) ?? 'all';
  const these = useMemo(
    () => (shown === 'all' ? connections : connections.filter(({ conn }) => conn === shown)),
    [connections, shown],
  );
  const rungs = useMemo(
    () => filterRungs(ladder(log, these, eyewitnessesOf(these, witnesses)), filter),
    [log, these, witnesses, filter],
  );
  return { connections, shown, these, rungs };
}
