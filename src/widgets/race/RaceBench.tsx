import { useStore } from '@nanostores/react';
import { lazy, startTransition, Suspense, useEffect, useState } from 'react';
import { $session } from '../../lab/session-store.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { RacePanel } from './RacePanel.tsx';
import { $runs, stopRace } from './race-store.ts';
import { untilLoaded } from '../../ui/until-loaded.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './race.css';

const BreakEvenPanel = lazy(async () => ({
  default: (await untilLoaded(() => import('./BreakEvenPanel.tsx'))).BreakEvenPanel,
}));
const FivePollsPanel = lazy(async () => ({
  default: (await untilLoaded(() => import('./FivePollsPanel.tsx'))).FivePollsPanel,
}));
const ChallengePanel = lazy(async () => ({
  default: (await untilLoaded(() => import('./ChallengePanel.tsx'))).ChallengePanel,
}));

type Mode = 'race' | 'map' | 'five' | 'challenge';

/** Four ways to hear the same messages, side by side and live; what the runs mean for others; and five polls. */
export function RaceBench() {
  const session = useStore($session, { ssr: 'initial' });
  const runs = useStore($runs);
  const [mode, setMode] = useState<Mode>('race');
  const labId = session.status === 'live' || session.status === 'connecting' ? session.lab?.id : undefined;

  // Who leaves the bench, or its lab, ends the race.
  useEffect(() => {
    const stop = (): void => {
      void stopRace();
    };
    // A page in the back/forward cache keeps its sockets and runs no code.
    addEventListener('pagehide', stop);
    return () => {
      removeEventListener('pagehide', stop);
      stop();
    };
  }, [labId]);

  return (
    <section className="bench race-bench not-content" aria-label="Race">
      <SessionBar title="The race" session={session} replay={false} />
      <ConditionsPanel labId={labId} conditions={session.log.conditions} />
      <Tabs
        tabs={[
          { id: 'race', label: 'The race' },
          { id: 'map', label: 'Runs and map', badge: String(runs.length) },
          { id: 'five', label: 'Five polls' },
          { id: 'challenge', label: 'Challenge' },
        ]}
        selected={mode}
        label="What to do"
        onSelect={(next) => {
          // What is shown stays until the next panel is there: a race that runs must not stutter for it.
          startTransition(() => {
            setMode(next);
          });
        }}
      >
        {mode === 'race' && <RacePanel labId={labId} />}
        <Suspense fallback={<p className="panel-note">Loading …</p>}>
          {mode === 'map' && <BreakEvenPanel />}
          {mode === 'five' && <FivePollsPanel labId={labId} />}
          {mode === 'challenge' && <ChallengePanel />}
        </Suspense>
      </Tabs>
    </section>
  );
}
