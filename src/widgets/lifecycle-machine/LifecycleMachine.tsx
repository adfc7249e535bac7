import { useStore } from '@nanostores/react';
import { lazy, Suspense, useMemo } from 'react';
import { threeEndings } from '../../../lessons/challenges/three-endings.ts';
import { lifecycleEdges, readyStates } from '../../derive/lifecycle.ts';
import { cut } from '../../lab/lab-client.ts';
import type { Testimony } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { Press } from '../../ui/Press.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { $socket, $walks, open, type LifecycleSocket } from './lifecycle-socket.ts';
import { StateDiagram } from './StateDiagram.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './lifecycle-machine.css';

/** There is nothing on the wire before the learner connects: until then nobody needs the code for it. */
const WireView = lazy(async () => ({
  default: (await untilLoaded(() => import('../wire-view/WireView.tsx'))).WireView,
}));

/** readyState as a machine that is driven by a live socket: each edge is there to be walked. */
export function LifecycleMachine() {
  const table = useWireLog();
  const current = useStore($socket);
  const walks = useStore($walks);
  const witnesses = useMemo(() => (current ? [current.witness] : []), [current]);
  const { session, replay, log } = table;
  const labId = replay ? undefined : session.lab?.id;
  const echo = replay ? undefined : session.lab?.services['echo'];
  const state = current?.readyState;
  const walked = lifecycleEdges.filter(({ id }) => (walks[id] ?? 0) > 0).length;
  return (
    <section className="bench lifecycle-machine not-content" aria-label="Lifecycle machine">
      <SessionBar title="Lifecycle machine" session={session} replay={replay} />
      <Controls labId={labId} echo={echo} current={current} />
      <ConditionsPanel labId={labId} conditions={log.conditions} />
      <div className="lifecycle-pair">
        <div>
          <StateDiagram state={state} walks={walks} />
          <p className="panel-note" role="status">
            {state === undefined
              ? 'No socket yet.'
              : `readyState ${String(state)}, ${readyStates[state] ?? ''}.`}{' '}
            {walked} of {lifecycleEdges.length} edges walked.
          </p>
        </div>
        <Events testimonies={current?.witness.testimonies ?? []} />
      </div>
      {log.connections.length > 0 && (
        <Suspense fallback={<p className="panel-note">Loading the ladder …</p>}>
          <WireView table={table} witnesses={witnesses} />
        </Suspense>
      )}
      <ChallengeCard challenge={threeEndings} connections={replay ? [] : log.connections} />
    </section>
  );
}

interface ControlsProps {
  /** The lab and its echo service; none while there is no sandbox. */
  labId: string | undefined;
  echo: string | undefined;
  current: LifecycleSocket | undefined;
}

function Controls({ labId, echo, current }: ControlsProps) {
  const isOpen = current?.readyState === WebSocket.OPEN;
  const connect = (query: string): void => {
    if (echo !== undefined) open(echo + query);
  };
  return (
    <div className="lifecycle-controls" role="group" aria-label="What to do to the socket">
      <Press
        label="new WebSocket(url)"
        disabled={echo === undefined}
        onPress={() => {
          connect('');
        }}
        primary
      />
      <Press
        label="close()"
        disabled={!isOpen}
        onPress={() => {
          current?.witness.close();
        }}
      />
      <Press
        label="new, then close() at once"
        disabled={echo === undefined}
        onPress={() => {
          if (echo !== undefined) open(echo).close();
        }}
      />
      <Press
        label="new, to a server that says 403"
        disabled={echo === undefined}
        onPress={() => {
          connect('?reject=403');
        }}
      />
      <Press
        label="The server closes"
        disabled={!isOpen || labId === undefined}
        onPress={() => {
          if (labId !== undefined) void cut(labId, { how: 'close', code: 1001 });
        }}
      />
      <Press
        label="Cut the cable (RST)"
        disabled={!isOpen || labId === undefined}
        onPress={() => {
          if (labId !== undefined) void cut(labId, { how: 'rst' });
        }}
      />
    </div>
  );
}

function Events({ testimonies }: { testimonies: readonly Testimony[] }) {
  return (
    <div className="lifecycle-events">
      <h3>What the script saw</h3>
      <ol aria-label="What the script did and was told, in order">
        {testimonies.map(({ at, what, readyState, detail }, index) => (
          <li key={index}>
            <span className="event-time">{formatMs(at)}</span> <strong>{what}</strong>{' '}
            <span className="event-state">{readyStates[readyState]}</span>
            <span className="event-detail">{detail}</span>
          </li>
        ))}
      </ol>
      {testimonies.length === 0 && <p className="panel-note">Nothing yet: construct a socket.</p>}
    </div>
  );
}
