import { useCallback, useState } from 'react';
import { clientName } from '../../derive/client-name.ts';
import type { Connection } from '../../derive/connection.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ConnectionChips } from '../bench/ConnectionChips.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog, type WireLogOnTable } from '../bench/use-wire-log.ts';
import { WireOnDemand } from '../bench/WireOnDemand.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import { ClientLines } from './ClientLines.tsx';
import { PassportPanel } from './PassportPanel.tsx';
import '../../ui/bench.css';
import '../bench/panel.css';
import './own-client.css';

/** Addresses for a client of the learner's own; whatever connects gets a passport, and is shown to the byte. */
export function OwnClient() {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [chosen, setChosen] = useState<number>();
  const newest = log.connections.at(-1);
  const connection = log.connections.find(({ conn }) => conn === chosen) ?? newest;
  return (
    <section className="bench own-client not-content" aria-label="Your own client">
      <SessionBar title="Your own client" session={session} replay={replay} />
      <ClientLines echo={replay ? undefined : session.lab?.services['echo']} />
      <ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />
      <div className="own-who">
        <ConnectionChips
          connections={log.connections}
          selected={connection?.conn}
          onSelect={(next) => {
            // The newest one is followed: its choice gives way to the next that comes.
            setChosen(next === newest?.conn ? undefined : next);
          }}
        />
        <p className="sr-only" role="status">
          {newest && `Newest: connection ${String(newest.conn)}, ${clientName(newest)}`}
        </p>
      </div>
      {connection ? (
        <Revealed connection={connection} table={table} />
      ) : (
        <p className="panel-note">Copy a line, run it, and its passport will appear here.</p>
      )}
    </section>
  );
}

const views = [
  { id: 'passport', label: 'Passport' },
  { id: 'wire', label: 'On the wire' },
] as const;
type View = (typeof views)[number]['id'];

/** What a connection reveals: in words, and to the byte. */
function Revealed({ connection, table }: { connection: Connection; table: WireLogOnTable }) {
  const { conn } = connection;
  const { session, log, replay } = table;
  const [view, setView] = useState<View>('passport');
  const only = useCallback((other: Connection) => other.conn === conn, [conn]);
  return (
    <Tabs tabs={views} selected={view} label="What it reveals" onSelect={setView}>
      <div className="own-view">
        {view === 'passport' ? (
          <PassportPanel
            key={conn}
            connection={connection}
            connections={log.connections}
            labId={replay || session.status !== 'live' ? undefined : session.lab?.id}
          />
        ) : (
          <WireOnDemand table={table} only={only} />
        )}
      </div>
    </Tabs>
  );
}
