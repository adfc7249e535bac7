import { useStore } from '@nanostores/react';
import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { chatTargetOf } from '../../derive/chat-target.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { clients, forgetAll, freeNames } from './chat-store.ts';
import { ChatPane } from './ChatPane.tsx';
import { Deliveries } from './Deliveries.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import '../message-bench/message-bench.css';
import './chat-bench.css';

/** Nobody needs its code before one of its tabs is opened. */
const MorePanels = lazy(async () => ({
  default: (await untilLoaded(() => import('./MorePanels.tsx'))).MorePanels,
}));

const panels = [
  { id: 'times', label: 'Times' },
  { id: 'way', label: 'The way' },
  { id: 'break', label: 'Break it' },
  { id: 'guests', label: 'Other clients' },
  { id: 'wire', label: 'On the wire' },
  { id: 'challenge', label: 'Challenge' },
] as const;
type Panel = (typeof panels)[number]['id'];

const isOfChat = (connection: Connection): boolean => chatTargetOf(connection) !== undefined;

/** A chat between two panes, each a client of its own: by socket or by polling, timed, and to the byte. */
export function ChatBench() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [panel, setPanel] = useState<Panel>('times');
  const lab = replay ? undefined : session.lab;
  const chat = lab?.services['chat'];
  const messages = lab?.services['chat/messages'];
  const room = useMemo(
    () => (chat === undefined || messages === undefined ? undefined : { chat, messages }),
    [chat, messages],
  );
  const bob = clients[1];
  const alicesWitness = useStore(clients[0].$witness);
  const bobsWitness = useStore(bob.$witness);
  const witnesses = useMemo(
    () => [alicesWitness, bobsWitness].filter((witness) => witness !== undefined),
    [alicesWitness, bobsWitness],
  );
  const { connections } = log;
  const isLive = session.status === 'live';

  // Once the lab is known, and before anybody has joined from here: two names that nobody has in the room.
  useEffect(() => {
    if (!isLive) return;
    const names = freeNames(connections);
    for (const [index, client] of clients.entries()) {
      const { status, lines } = client.$state.get();
      const name = names[index];
      if (status === 'out' && lines.length === 0 && name !== undefined) client.choose({ name });
    }
    // Names that people have typed are theirs: this runs once for each lab.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isLive, room]);

  // A page that goes into the back/forward cache would stay in the room as a ghost.
  useEffect(() => {
    const leave = (): void => {
      for (const client of clients) client.leave();
    };
    addEventListener('pagehide', leave);
    return () => {
      removeEventListener('pagehide', leave);
      forgetAll();
    };
  }, [room]);

  return (
    <section className="bench chat-bench not-content" aria-label="Chat bench">
      <SessionBar title="Chat bench" session={session} replay={replay} />
      <ConditionsPanel labId={lab?.id} conditions={log.conditions} />
      <div className="chat-panes">
        <ChatPane client={clients[0]} letter="A" room={room} />
        <ChatPane client={clients[1]} letter="B" room={room} />
      </div>
      <Tabs tabs={panels} selected={panel} label="What to look at" onSelect={setPanel}>
        <div className="chat-panel">
          {panel === 'times' && <Deliveries />}
          {panel === 'wire' && <WireOnDemand table={table} witnesses={witnesses} only={isOfChat} />}
          {panel !== 'times' && panel !== 'wire' && (
            <Suspense fallback={<p className="panel-note">Loading …</p>}>
              <MorePanels panel={panel} room={room} table={table} />
            </Suspense>
          )}
        </div>
      </Tabs>
    </section>
  );
}
