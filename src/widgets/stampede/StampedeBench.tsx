import { useStore } from '@nanostores/react';
import { useState } from 'react';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { Controls } from './Controls.tsx';
import { kinds, type Kind } from './kinds.ts';
import { $pastRuns, $problem, begin, end } from './run-store.ts';
import { RunTable } from './RunTable.tsx';
import { Stage } from './Stage.tsx';
import { useStampede } from './use-stampede.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './stampede.css';

/** A crowd of real clients, and this page among them, whose server goes away and comes back. */
export function StampedeBench({ kind }: { kind: keyof typeof kinds }) {
  const { title, first, asksForEnd, start, challenge }: Kind = kinds[kind];
  const table = useWireLog();
  const { session, log, replay } = table;
  const [settings, setSettings] = useState(first);
  const { status, comings, tab, attempts, isRunning } = useStampede(table);
  const pastRuns = useStore($pastRuns);
  const problem = useStore($problem);
  const labId = replay ? undefined : session.lab?.id;
  const stream = session.lab?.services['stream'];
  return (
    <section className="bench stampede-bench not-content" aria-label={title}>
      <SessionBar title={title} session={session} replay={replay} />
      <ConditionsPanel labId={labId} conditions={log.conditions} />
      <Controls
        settings={settings}
        asksForEnd={asksForEnd}
        change={(patch) => {
          setSettings({ ...settings, ...patch });
        }}
      />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={labId === undefined || stream === undefined || isRunning}
          onClick={() => {
            if (labId !== undefined && stream !== undefined) void begin({ id: labId, stream }, settings);
          }}
        >
          {start}
        </button>
        <button
          type="button"
          className="bench-button"
          disabled={labId === undefined || !isRunning}
          onClick={() => {
            if (labId !== undefined) void end(labId);
          }}
        >
          Send everybody home
        </button>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <Stage status={status} comings={comings} attempts={attempts} tab={tab} hasGaps={log.gaps.length > 0} />
      <RunTable runs={pastRuns} />
      <ChallengeCard challenge={challenge} connections={replay ? [] : log.connections} log={log} />
      <WireDetails table={table} />
    </section>
  );
}
