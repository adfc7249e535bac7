import { useEffect, useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import type { WireLogView } from '../../derive/log-reader.ts';
import { messageLedger, type MessageLedger } from '../../derive/message-ledger.ts';
import { markOf } from '../../derive/mark-of.ts';
import type { RunState } from './run.ts';

/** So often the ledger is drawn anew while something happens, ms. */
const drawEveryMs = 250;

/** A run with its ledger, as of a moment. */
export interface LedgerInHand {
  ledger: MessageLedger;
  /** The connections of the run. */
  connections: readonly Connection[];
  /** The page's clock at that moment. */
  now: number;
}

/** The ledger of a run: drawn anew four times a second while it runs, and whenever something arrives after its end. */
export function useLedger(run: RunState | undefined, log: WireLogView): LedgerInHand | undefined {
  const now = useTick(run !== undefined && run.phase !== 'over');
  const isOver = run?.phase === 'over';
  // While it runs, it is drawn at each tick: what it is drawn from changes far more often.
  const version = isOver ? log : now;
  return useMemo(
    () => (run ? ledgerOf(run, log, performance.now()) : undefined),
    [run?.mark, run?.phase, version],
  );
}

function ledgerOf(run: RunState, log: WireLogView, now: number): LedgerInHand {
  const connections = log.connections.filter(({ path }) => path !== null && markOf(path) === run.mark);
  const { mark, beliefs, settings, stoppedAt, phase } = run;
  const ledger = messageLedger({
    mark,
    beliefs,
    connections,
    program: log.program,
    stoppedAt,
    now,
    isOver: phase === 'over',
    isAcknowledged: settings.acknowledgement.isOn,
    isResumed: settings.resume.isOn,
    lateMs: settings.lateMs,
  });
  return { ledger, connections, now };
}

/** A number that grows while something runs, and stands still otherwise. */
function useTick(isRunning: boolean): number {
  const [tick, setTick] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => {
      setTick((count) => count + 1);
    }, drawEveryMs);
    return () => {
      clearInterval(timer);
    };
  }, [isRunning]);
  return tick;
}
