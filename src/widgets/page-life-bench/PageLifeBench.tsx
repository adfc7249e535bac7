import { useCallback, useEffect, useState } from 'react';
import { twoGoodbyes } from '../../../lessons/challenges/two-goodbyes.ts';
import type { Connection } from '../../derive/connection.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { LifePanel } from './LifePanel.tsx';
import { endClient, watchPage } from './life-store.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './page-life-bench.css';

const modes = [
  { id: 'life', label: 'The life line' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** What happens to the page, beside what the wire shows of its connection, and the gaps of its timer. */
export function PageLifeBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('life');
  const lab = replay ? undefined : session.lab;
  const connections = replay ? [] : log.connections;
  const only = useCallback((connection: Connection) => /\/stream(\?|$)/.test(connection.path ?? ''), []);
  useEffect(watchPage, []);
  // What runs in a lab that was left for another would go on unseen.
  useEffect(() => endClient, [lab?.id]);
  return (
    <section className="bench page-life-bench not-content" aria-label="Page life bench">
      <SessionBar title="Page life bench" session={session} replay={replay} />
      <ConditionsPanel labId={lab?.id} conditions={log.conditions} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'life' && <LifePanel stream={lab?.services['stream']} connections={connections} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={twoGoodbyes} connections={connections} log={log} />
          </div>
        )}
      </Tabs>
      <WireDetails table={table} witnesses={[]} only={only} />
    </section>
  );
}
