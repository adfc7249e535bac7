import { useCallback, useEffect, useState } from 'react';
import { freshNotAll } from '../../../lessons/challenges/fresh-not-all.ts';
import type { Connection } from '../../derive/connection.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { ApiPanel } from './ApiPanel.tsx';
import { ReaderPanel } from './ReaderPanel.tsx';
import { dropReaders } from './reader-store.ts';
import { SendPanel } from './SendPanel.tsx';
import { dropSender } from './send-store.ts';
import { dropApi } from './stream-api.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './pressure-bench.css';

const modes = [
  { id: 'send', label: 'You send too much' },
  { id: 'read', label: 'Nobody reads' },
  { id: 'api', label: 'WebSocketStream' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** More is sent than is taken, by the page and by the server: where it waits, and what to do about it. */
export function PressureBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('send');
  const labId = replay ? undefined : session.lab?.id;
  const stream = replay ? undefined : session.lab?.services['stream'];
  const connections = replay ? [] : log.connections;
  const newest = connections.at(-1)?.conn;
  const only = useCallback((other: Connection) => other.conn === newest, [newest]);
  // What runs in a lab that was left for another would go on unseen.
  useEffect(
    () => () => {
      dropSender();
      dropReaders();
      dropApi();
    },
    [labId],
  );
  return (
    <section className="bench pressure-bench not-content" aria-label="Pressure bench">
      <SessionBar title="Pressure bench" session={session} replay={replay} />
      <ConditionsPanel labId={labId} conditions={log.conditions} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'send' && <SendPanel labId={labId} stream={stream} connections={connections} />}
        {mode === 'read' && <ReaderPanel labId={labId} stream={stream} />}
        {mode === 'api' && <ApiPanel labId={labId} stream={stream} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={freshNotAll} connections={connections} log={log} />
          </div>
        )}
      </Tabs>
      <WireDetails table={table} witnesses={[]} only={only} />
    </section>
  );
}
