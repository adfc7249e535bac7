import { useState } from 'react';
import { resumeEvents } from '../../../lessons/challenges/resume-events.ts';
import { sandboxOrigin } from '../../lab/sandbox-origin.ts';
import { CopyLine } from '../../ui/CopyLine.tsx';
import { Tabs } from '../../ui/Tabs.tsx';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { CrowdPanel } from './CrowdPanel.tsx';
import { StreamPanel } from './StreamPanel.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './sse-bench.css';

const modes = [
  { id: 'stream', label: 'One stream' },
  { id: 'crowd', label: 'Eight at once' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Mode = (typeof modes)[number]['id'];

/** Event streams on the table: their bytes, how a browser comes back, and how many of them it has room for. */
export function SseBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [mode, setMode] = useState<Mode>('stream');
  const events = replay ? undefined : session.lab?.services['feed/events'];
  const address = events === undefined ? undefined : new URL(events, sandboxOrigin()).href;
  return (
    <section className="bench sse-bench not-content" aria-label="Event stream bench">
      <SessionBar title="Event stream bench" session={session} replay={replay} />
      <Tabs tabs={modes} selected={mode} label="What to do" onSelect={setMode}>
        {mode === 'stream' && <StreamPanel table={table} />}
        {mode === 'crowd' && <CrowdPanel table={table} />}
        {mode === 'challenge' && (
          <div className="panel challenges">
            <ChallengeCard challenge={resumeEvents} connections={replay ? [] : log.connections} />
            {address !== undefined && (
              <div className="client-lines">
                <CopyLine label="curl" line={`curl -N '${address}'`} />
                <CopyLine label="curl, coming back" line={`curl -N -H 'Last-Event-ID: 3' '${address}'`} />
                <CopyLine label="Node" line={`node lessons/samples/resume-events.mjs '${address}'`} />
                <CopyLine label="Python" line={`python3 lessons/samples/resume_events.py '${address}'`} />
              </div>
            )}
          </div>
        )}
      </Tabs>
    </section>
  );
}
