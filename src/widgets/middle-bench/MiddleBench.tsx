import { useStore } from '@nanostores/react';
import { useCallback, useEffect, useMemo } from 'react';
import { throughTheProxy } from '../../../lessons/challenges/through-the-proxy.ts';
import type { Connection } from '../../derive/connection.ts';
import { passageOf } from '../../derive/passage.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { Experiments } from './Experiments.tsx';
import { $foundDeadAfter, letGo, middleSocket } from './middle-socket.ts';
import { useSocketPulse } from './use-socket-pulse.ts';
import { ScriptKnows, WireShows } from './PassageFacts.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './middle-bench.css';

/** What stands between a browser and its server, put in the way of the learner's own connection. */
export function MiddleBench() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const witness = useStore(middleSocket.$witness);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  const pulse = useSocketPulse(witness);
  const deadAfterMs = useStore($foundDeadAfter);
  const labId = replay ? undefined : session.lab?.id;
  const echo = replay ? undefined : session.lab?.services['echo'];
  const connection = witness ? browserConnection : undefined;
  const passage = useMemo(() => connection && passageOf(connection, log.imposed), [connection, log.imposed]);
  const conn = connection?.conn;
  const only = useCallback((other: Connection) => other.conn === conn, [conn]);
  useEffect(() => letGo, [labId]);
  return (
    <section className="bench middle-bench not-content" aria-label="Middle bench">
      <SessionBar title="Middle bench" session={session} replay={replay} />
      <ConditionsPanel labId={labId} conditions={log.conditions} connection={conn} />
      <Experiments labId={labId} echo={echo} conditions={log.conditions} />
      <div className="middle-pair">
        <ScriptKnows witness={witness} pulse={pulse} deadAfterMs={deadAfterMs} />
        <WireShows connection={connection} passage={passage} />
      </div>
      <ChallengeCard challenge={throughTheProxy} connections={replay ? [] : log.connections} log={log} />
      <WireDetails table={table} witnesses={witnesses} only={only} />
    </section>
  );
}
