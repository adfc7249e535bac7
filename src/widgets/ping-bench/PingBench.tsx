import { useEffect, useState } from 'react';
import { heartByHand } from '../../../lessons/challenges/heart-by-hand.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { BeatPanel } from './BeatPanel.tsx';
import { HandPanel } from './HandPanel.tsx';
import { handClient } from './ping-store.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './ping-bench.css';

const modes = [
  { id: 'beat', label: 'Your browser' },
  { id: 'hand', label: 'Be the client' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** The heartbeat on the table: what answers it, what does not know of it, and what happens without an answer. */
export function PingBench() {
  const table = useWireLog();
  const { session, log, replay, browserConnection } = table;
  const [mode, setMode] = useState<Mode>('beat');
  const services = replay ? undefined : session.lab?.services;
  const raw = services?.['raw'];
  // A connection of a lab that was left for another would go on unseen.
  useEffect(
    () => () => {
      handClient.hangUp();
    },
    [raw],
  );
  return (
    <section className="bench ping-bench not-content" aria-label="Ping bench">
      <SessionBar title="Ping bench" session={session} replay={replay} />
      <ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'beat' && <BeatPanel echo={services?.['echo']} connection={browserConnection} />}
        {mode === 'hand' && <HandPanel table={table} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={heartByHand} connections={replay ? [] : log.connections} />
          </div>
        )}
      </Tabs>
    </section>
  );
}
