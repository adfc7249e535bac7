import { useStore } from '@nanostores/react';
import { useCallback, useEffect, useMemo } from 'react';
import { explainedAndNot } from '../../../lessons/challenges/explained-and-not.ts';
import type { Connection } from '../../derive/connection.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { $errorRun, stop } from './error-store.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { AsFound, Calm, ScriptTold, WireShows } from './Views.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './error-bench.css';

/** Something goes wrong: what the wire shows of it, what the script is told, and what the user is to read. */
export function ErrorBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const run = useStore($errorRun);
  const labId = replay ? undefined : session.lab?.id;
  const connections = replay ? [] : log.connections;
  const connection = run && connections.find(({ path }) => path === run.path);
  const witnesses = useMemo(() => (run ? [run.witness] : []), [run]);
  const conn = connection?.conn;
  const only = useCallback((other: Connection) => other.conn === conn, [conn]);
  // What runs in a lab that was left for another would go on unseen.
  useEffect(() => stop, [labId]);
  return (
    <section className="bench error-bench not-content" aria-label="Error bench">
      <SessionBar title="Error bench" session={session} replay={replay} />
      <ConditionsPanel labId={labId} conditions={log.conditions} connection={conn} />
      <FailurePanel labId={labId} run={run} />
      <div className="error-views">
        <WireShows connection={connection} />
        <ScriptTold run={run} />
        <AsFound run={run} />
        <Calm run={run} />
      </div>
      <ChallengeCard challenge={explainedAndNot} connections={connections} />
      <WireDetails table={table} witnesses={witnesses} only={only} />
    </section>
  );
}
