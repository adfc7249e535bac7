import { useEffect, useState } from 'react';
import { ChatAsFound } from '../../../lessons/samples/chat-as-found.jsx';
import { ChatWithHook } from '../../../lessons/samples/chat-with-hook.jsx';
import type { Connection } from '../../derive/connection.ts';
import { memberSockets } from '../../derive/member-sockets.ts';
import { changeConditions } from '../../lab/lab-client.ts';
import { socketAddress } from '../../lab/sandbox-origin.ts';
import { Choice } from './Choice.tsx';
import { keepSockets, type SocketKeeper } from './keep-sockets.ts';
import { MountTwice } from './MountTwice.tsx';
import { SocketFacts } from './SocketFacts.tsx';

export interface MountPanelProps {
  labId: string | undefined;
  /** The path of the chat; `undefined` while there is no sandbox. */
  chat: string | undefined;
  connections: readonly Connection[];
  latencyMs: number;
}

const components = { found: ChatAsFound, hook: ChatWithHook } as const;
type Which = keyof typeof components;
const people = ['ada', 'bob', 'cyd'] as const;
const slowMs = 2000;

/** A component from its mounting on: what came before is not counted. */
interface Run {
  number: number;
  after: number;
  keeper: SocketKeeper;
  isMounted: boolean;
}

/** Mounts and unmounts the component, changes its props, and counts its sockets. */
export function MountPanel({ labId, chat, connections, latencyMs }: MountPanelProps) {
  const [which, setWhich] = useState<Which>('found');
  const [isTwice, setIsTwice] = useState(false);
  const [userId, setUserId] = useState<string>('ada');
  const [run, setRun] = useState<Run>();
  const keeper = run?.keeper;
  // A component that was ended may still have a timer; its sockets end with the next run, and with the page.
  useEffect(
    () => () => {
      keeper?.endAll();
    },
    [keeper],
  );
  const isMounted = run?.isMounted === true;
  const Chat = components[which];
  const address = chat === undefined ? '' : socketAddress(chat);
  const mounted = run && <Chat address={address} userId={userId} Socket={run.keeper.Socket} />;
  return (
    <div className="panel">
      <Settings
        which={which}
        isTwice={isTwice}
        isFixed={isMounted}
        labId={labId}
        latencyMs={latencyMs}
        onWhich={setWhich}
        onTwice={setIsTwice}
      />
      <div className="panel-row">
        <button
          type="button"
          className="bench-button primary"
          disabled={chat === undefined}
          onClick={() => {
            if (run && isMounted) setRun({ ...run, isMounted: false });
            else {
              const after = connections.at(-1)?.conn ?? 0;
              setRun({ number: (run?.number ?? 0) + 1, after, keeper: keepSockets(), isMounted: true });
            }
          }}
        >
          {isMounted ? 'Unmount it' : 'Mount it'}
        </button>
        <Choice
          legend="userId"
          options={people.map((name) => [name, name] as const)}
          value={userId}
          isFixed={false}
          onChange={setUserId}
        />
        <button
          type="button"
          className="bench-button quiet"
          disabled={!run || isMounted}
          onClick={() => {
            keeper?.endAll();
          }}
        >
          End what is left
        </button>
      </div>
      <div className="hook-pair">
        <section className="hook-stage" aria-label="The component">
          {isMounted ? (
            <div key={run.number}>{isTwice ? <MountTwice>{mounted}</MountTwice> : mounted}</div>
          ) : (
            <p className="panel-note">{run ? 'Unmounted.' : 'Nothing is mounted.'}</p>
          )}
        </section>
        <SocketFacts
          sockets={run ? memberSockets(connections, run.after) : []}
          needed={isMounted ? 1 : 0}
          isRun={run !== undefined}
        />
      </div>
    </div>
  );
}

/** What is mounted, how, and over which network. */
function Settings({
  which,
  isTwice,
  isFixed,
  labId,
  latencyMs,
  onWhich,
  onTwice,
}: {
  which: Which;
  isTwice: boolean;
  isFixed: boolean;
  labId: string | undefined;
  latencyMs: number;
  onWhich: (which: Which) => void;
  onTwice: (isTwice: boolean) => void;
}) {
  return (
    <div className="panel-row">
      <Choice
        legend="Component"
        options={[
          ['found', 'as found on the web'],
          ['hook', 'with the hook'],
        ]}
        value={which}
        isFixed={isFixed}
        onChange={onWhich}
      />
      <label className="check">
        <input
          type="checkbox"
          checked={isTwice}
          disabled={isFixed}
          onChange={(event) => {
            onTwice(event.target.checked);
          }}
        />
        Effects twice, as under StrictMode
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={latencyMs === slowMs}
          disabled={labId === undefined}
          onChange={(event) => {
            if (labId !== undefined)
              void changeConditions(labId, { latencyMs: event.target.checked ? slowMs : 0 }).catch(
                () => undefined,
              );
          }}
        />
        2 s of latency, imposed
      </label>
    </div>
  );
}
