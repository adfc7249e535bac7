import { useEffect, useMemo, useState } from 'react';
import { readablePayload } from '../../../lessons/challenges/readable-payload.ts';
import { userAgentOf } from '../../derive/client-name.ts';
import { lastPoisoningRun } from '../../derive/poisoning-run.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { AttackPanel } from './AttackPanel.tsx';
import { HandPanel } from './HandPanel.tsx';
import { KeysPanel } from './KeysPanel.tsx';
import { handClient } from './masking-store.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './masking-bench.css';

const modes = [
  { id: 'keys', label: 'Three frames' },
  { id: 'attack', label: 'The attack' },
  { id: 'hand', label: 'Break it by hand' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** The masking-key on the table: what it does to a payload, and what happens to the world without it. */
export function MaskingBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('keys');
  const services = replay ? undefined : session.lab?.services;
  const raw = services?.['raw'];
  // A connection of a lab that was left for another would go on unseen.
  useEffect(
    () => () => {
      handClient.hangUp();
    },
    [raw],
  );
  const ofBrowser = useMemo(
    () =>
      log.connections.filter(
        (connection) =>
          replay || (connection.path !== null && userAgentOf(connection) === navigator.userAgent),
      ),
    [log, replay],
  );
  const run = useMemo(() => lastPoisoningRun(log.connections), [log]);
  return (
    <section className="bench masking-bench not-content" aria-label="Masking bench">
      <SessionBar title="Masking bench" session={session} replay={replay} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'keys' && <KeysPanel echo={services?.['echo']} connections={ofBrowser} />}
        {mode === 'attack' && <AttackPanel services={services} run={run} />}
        {mode === 'hand' && <HandPanel table={table} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={readablePayload} connections={replay ? [] : log.connections} />
          </div>
        )}
      </Tabs>
    </section>
  );
}
