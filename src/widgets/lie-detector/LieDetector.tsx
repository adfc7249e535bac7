import { useEffect, useState } from 'react';
import { slowNotDead } from '../../../lessons/challenges/slow-not-dead.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { stop } from './lie-store.ts';
import { OwnPanel } from './OwnPanel.tsx';
import { letGo } from './own-store.ts';
import { TablePanel } from './TablePanel.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './lie-detector.css';

const modes = [
  { id: 'table', label: 'The lie detector' },
  { id: 'own', label: 'Your own heartbeat' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** Heartbeats on the table: each is shown four illnesses, and what it makes of them is measured. */
export function LieDetector() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const [mode, setMode] = useState<Mode>('table');
  const known = replay || session.status === 'offline' ? undefined : session.lab;
  const echo = known?.services['echo'];
  const labId = known?.id;
  useEffect(
    () => () => {
      stop();
      letGo();
    },
    [labId],
  );
  return (
    <section className="bench lie-detector not-content" aria-label="Lie detector">
      <SessionBar title="Lie detector" session={session} replay={replay} />
      <ConditionsPanel labId={labId} conditions={log.conditions} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'table' && (
          <TablePanel lab={labId !== undefined && echo !== undefined ? { id: labId, echo } : undefined} />
        )}
        {mode === 'own' && (
          <div className="panel">
            <OwnPanel echo={echo} connection={browserConnection} />
            <ChallengeCard challenge={slowNotDead} connections={replay ? [] : log.connections} log={log} />
          </div>
        )}
      </Tabs>
      <WireDetails table={table} />
    </section>
  );
}
