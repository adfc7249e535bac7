import { useStore } from '@nanostores/react';
import { useState, useSyncExternalStore } from 'react';
import { Press } from '../../ui/Press.tsx';
import { FactPairs } from '../bench/FactPairs.tsx';
import { shortBytes } from './PressureChart.tsx';
import { $apiRun, pace, runBoth, webSocketStream, type ApiTally } from './stream-api.ts';

const never = (): (() => void) => () => undefined;

/** The same stream by two APIs, one of which the page can make wait. */
export function ApiPanel({ labId, stream }: { labId: string | undefined; stream: string | undefined }) {
  const run = useStore($apiRun);
  const [problem, setProblem] = useState('');
  const hasIt = useSyncExternalStore(
    never,
    () => webSocketStream() !== undefined,
    () => undefined,
  );
  return (
    <div className="panel">
      <p className="panel-lead">
        {`The server sends ${String(1000 / pace.everyMs)} messages of ${shortBytes(pace.size)} a second, and drops what is new where more than 1 MiB waits. Your page needs ${String(pace.workMs)} ms for each. It runs for ${String(pace.runMs / 1000)} seconds.`}
      </p>
      <p className="panel-says">
        {hasIt === false
          ? 'This browser has no WebSocketStream; today only Chromium’s have it, from version 124 on. Only WebSocket runs.'
          : 'This browser has WebSocketStream, so both run. No standard has it yet.'}
      </p>
      <div className="panel-row">
        <Press
          primary
          label="Read slowly"
          disabled={labId === undefined || stream === undefined || run?.phase === 'running'}
          onPress={() => {
            if (labId === undefined || stream === undefined) return;
            setProblem('');
            runBoth(labId, stream).catch((error: unknown) => {
              setProblem(error instanceof Error ? error.message : String(error));
            });
          }}
        />
        <span className="panel-note" role="status">
          {run ? (run.phase === 'running' ? 'reading …' : 'over') : ''}
        </span>
      </div>
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <div className="api-pair">
        <Tally title="WebSocket" tally={run?.socket} absent={false} />
        <Tally title="WebSocketStream" tally={run?.stream} absent={hasIt === false} />
      </div>
    </div>
  );
}

function Tally({ title, tally, absent }: { title: string; tally: ApiTally | undefined; absent: boolean }) {
  const waiting = tally ? Math.max(0, tally.delivered - tally.done) : 0;
  const onTheWay = tally
    ? Math.max(0, tally.sent * pace.size - tally.heldBytes - tally.delivered * pace.size)
    : 0;
  const facts: readonly (readonly [name: string, value: string])[] = [
    ['Your page is done with', tally ? `${String(tally.done)} messages` : '–'],
    ['Handed to it, and waiting in its memory', tally ? shortBytes(waiting * pace.size) : '–'],
    ['In the browser and the kernels', tally ? shortBytes(onTheWay) : '–'],
    ['Held by the server', tally ? shortBytes(tally.heldBytes) : '–'],
    ['Dropped by the server', tally ? `${String(tally.dropped)} messages` : '–'],
  ];
  return (
    <section className="fact-list pressure-facts" aria-label={title}>
      <h3>{title}</h3>
      {absent ? <p className="panel-note">Not in this browser.</p> : <FactPairs facts={facts} />}
    </section>
  );
}
