import { useCallback, useState } from 'react';
import { noGhosts } from '../../../lessons/challenges/no-ghosts.ts';
import type { Connection } from '../../derive/connection.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { MountPanel } from './MountPanel.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './hook-bench.css';

const modes = [
  { id: 'mount', label: 'Mount it' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** A chat's component in a real React tree, as found on the web or with the hook, and the sockets that the wire saw. */
export function HookBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('mount');
  const lab = replay ? undefined : session.lab;
  const connections = replay ? [] : log.connections;
  const only = useCallback((connection: Connection) => /\/chat(\?|$)/.test(connection.path ?? ''), []);
  return (
    <section className="bench hook-bench not-content" aria-label="Hook bench">
      <SessionBar title="Hook bench" session={session} replay={replay} />
      <ConditionsPanel labId={lab?.id} conditions={log.conditions} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {/* Hidden, not unmounted: what is mounted in there goes on while the challenge is read. */}
        <div hidden={mode !== 'mount'}>
          <MountPanel
            key={lab?.id}
            labId={lab?.id}
            chat={lab?.services['chat']}
            connections={connections}
            latencyMs={log.conditions.latencyMs}
          />
        </div>
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={noGhosts} connections={connections} log={log} />
          </div>
        )}
      </Tabs>
      <WireDetails table={table} witnesses={[]} only={only} />
    </section>
  );
}
