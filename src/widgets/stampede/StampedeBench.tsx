import { useStore } from '@nanostores/react';
import { useState } from 'react';
import type { Challenge } from '../../../lessons/challenges/challenge.ts';
import { plainStampede, type StampedeRequest } from '../../contract/stampede.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { Controls } from './Controls.tsx';
import { $pastRuns, $problem, begin, end } from './run-store.ts';
import { RunTable } from './RunTable.tsx';
import { Stage } from './Stage.tsx';
import { useStampede } from './use-stampede.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './stampede.css';

export interface StampedeBenchProps {
  title: string;
  /** What it is set to at first, where that is not the plain stampede. */
  first: Partial<StampedeRequest>;
  /** Lets the learner choose how the server ends. */
  asksForEnd?: boolean;
  challenge: Challenge;
}

/** A crowd of real clients, and this page among them, whose server goes away and comes back. */
export function StampedeBench({ title, first, asksForEnd = false, challenge }: StampedeBenchProps) {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [settings, setSettings] = useState<StampedeRequest>({ ...plainStampede, ...first });
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
          {asksForEnd ? 'Gather them, and deploy' : 'Gather them, and kill the server'}
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
