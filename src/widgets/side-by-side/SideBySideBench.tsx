import { useStore } from '@nanostores/react';
import { useEffect, useMemo, useState } from 'react';
import { fiveAndFive } from '../../../lessons/challenges/five-and-five.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { BothPanel } from './BothPanel.tsx';
import { $runs, stopRun, type RunOptions } from './run-both.ts';
import { drawRun } from './draw-run.ts';
import { RunTable } from './RunTable.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './side-by-side.css';

const modes = [
  { id: 'both', label: 'Side by side' },
  { id: 'runs', label: 'Your runs' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** The same news by five requests and over one WebSocket, drawn from the bytes of this page. */
export function SideBySideBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('both');
  const [options, setOptions] = useState<RunOptions>({ keepAlive: true, speaks: 'server' });
  const runs = useStore($runs);
  const lab = replay ? undefined : session.lab;
  const drawn = useMemo(() => runs.map((run) => drawRun(log.connections, run)), [runs, log]);
  useEffect(() => stopRun, [lab?.id]);
  const polls = lab?.services['feed/poll'];
  const address = polls === undefined ? undefined : new URL(polls, sandboxOrigin()).href;
  return (
    <section className="bench side-by-side-bench not-content" aria-label="Side by side">
      <SessionBar title="HTTP and WebSocket, side by side" session={session} replay={replay} />
      <Tabs tabs={modes} selected={mode} label="What to look at" onSelect={setMode}>
        {mode === 'both' && (
          <BothPanel table={table} lab={lab} drawn={drawn.at(-1)} options={options} onOptions={setOptions} />
        )}
        {mode === 'runs' && <RunTable drawn={drawn} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={fiveAndFive} connections={replay ? [] : log.connections} />
            {address !== undefined && (
              <div className="client-lines">
                <CopyLine label="curl, once" line={`curl -s '${address}'`} />
                <CopyLine label="Node, ten polls" line={`node lessons/samples/five-polls.mjs '${address}'`} />
              </div>
            )}
          </div>
        )}
      </Tabs>
    </section>
  );
}
