import { useStore } from '@nanostores/react';
import { useEffect, useMemo } from 'react';
import type { StampedeStatus } from '../../contract/stampede.ts';
import { comingsOf, type Comings } from '../../derive/arrivals.ts';
import { userAgentOf } from '../../derive/client-name.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { $ownTab, type OwnTab } from './own-tab.ts';
import { $pastRuns, $status, isSettled, keep, letGo } from './run-store.ts';
import { attemptsOf, type Attempt } from './tab-line.ts';

/** A stampede as the bench shows it. */
export interface StampedeOnTable {
  status: StampedeStatus | null;
  /** How the clients of the present run came back so far. */
  comings: Comings | undefined;
  tab: OwnTab;
  attempts: readonly Attempt[];
  isRunning: boolean;
}

/** Follows the stampede of the page's lab, by its wire log, and keeps what it came to. */
export function useStampede({ session, log, replay }: WireLogOnTable): StampedeOnTable {
  const status = useStore($status);
  const tab = useStore($ownTab);
  const killedAt = status?.killedAt ?? Number.POSITIVE_INFINITY;
  const comings = useMemo(() => {
    const last = replay ? undefined : comingsOf(log.connections, log.conditionChanges);
    // Of the run that goes on, not of one before it; both tell the time by the lab's clock.
    return last && last.endedAt >= killedAt - 1 ? last : undefined;
  }, [replay, log, killedAt]);
  const endedAt = comings?.endedAt;
  const answeredAt = useMemo(
    () =>
      endedAt === undefined
        ? undefined
        : log.connections.findLast(
            (one) =>
              one.openedAt < endedAt && one.handshake === 'open' && userAgentOf(one) === navigator.userAgent,
          )?.server.chunks[0]?.at,
    [log, endedAt],
  );
  const attempts = useMemo(
    () =>
      attemptsOf(
        tab.acts,
        answeredAt === undefined || endedAt === undefined ? undefined : answeredAt - endedAt,
      ),
    [tab.acts, answeredAt, endedAt],
  );
  const isRunning = status !== null && (status.phase !== 'over' || !isSettled(tab));
  const isDone = status?.phase === 'over' && status.allBackAt !== null && isSettled(tab);
  useEffect(() => {
    if (isDone && comings && $pastRuns.get()[0]?.comings.endedAt !== comings.endedAt) {
      keep({ status, comings, tab });
    }
  }, [isDone, comings, status, tab]);
  const labId = session.lab?.id;
  useEffect(() => letGo, [labId]);
  return { status, comings, tab, attempts, isRunning };
}
