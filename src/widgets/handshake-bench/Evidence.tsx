import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { handshakeVerdict } from '../../derive/handshake-verdict.ts';
import type { Witness } from '../../lab/witness.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { AcceptValue } from './AcceptValue.tsx';
import { ScriptEvents } from './ScriptEvents.tsx';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { Verdict } from './Verdict.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';
import './evidence.css';

/** There is nothing on the wire before the learner connects: until then nobody needs the code for it. */
const WireView = lazy(async () => ({
  default: (await untilLoaded(() => import('../wire-view/WireView.tsx'))).WireView,
}));

type View = 'timeline' | 'accept' | 'verdict' | 'script';

export interface EvidenceProps {
  connection: Connection | undefined;
  table: WireLogOnTable;
  /** The page's own socket. */
  witness: Witness | undefined;
  mode: string;
}

/** The view that answers what the learner is doing, until another is chosen. */
const viewOfMode: Record<string, View> = { break: 'verdict', outside: 'script' };

/** Four readings of one connection: its timeline, its accept value, its rules, and what the script saw of it. */
export function Evidence({ connection, table, witness, mode }: EvidenceProps) {
  const [chosen, setChosen] = useState<{ mode: string; view: View }>();
  const view = chosen?.mode === mode ? chosen.view : (viewOfMode[mode] ?? 'timeline');
  const verdict = useMemo(() => connection && handshakeVerdict(connection), [connection]);
  const broken = verdict && verdict.brokenByRequest + verdict.brokenByResponse;
  const tabs = [
    { id: 'timeline', label: 'Timeline' },
    { id: 'accept', label: 'Accept value' },
    {
      id: 'verdict',
      label: 'Rule by rule',
      badge: broken === undefined ? undefined : broken === 0 ? '✓' : `${String(broken)} ✗`,
    },
    { id: 'script', label: 'What the script saw' },
  ] as const;
  return (
    <Tabs
      tabs={tabs}
      selected={view}
      label="Evidence"
      onSelect={(next) => {
        setChosen({ mode, view: next });
      }}
    >
      <div className="evidence">
        {view === 'script' ? (
          <ScriptEvents testimonies={witness?.testimonies ?? []} status={statusOf(connection)} />
        ) : connection ? (
          <Reading view={view} connection={connection} table={table} witness={witness} />
        ) : (
          <p className="evidence-empty">Nothing to read yet: make a connection first.</p>
        )}
      </div>
    </Tabs>
  );
}

interface ReadingProps extends Omit<EvidenceProps, 'mode'> {
  view: Exclude<View, 'script'>;
  connection: Connection;
}

function Reading({ view, connection, table, witness }: ReadingProps) {
  const { conn } = connection;
  const only = useCallback((other: Connection) => other.conn === conn, [conn]);
  const witnesses = useMemo(() => (witness ? [witness] : []), [witness]);
  switch (view) {
    case 'timeline':
      return (
        <Suspense fallback={<p className="evidence-empty">Loading the ladder …</p>}>
          <WireView table={table} witnesses={witnesses} only={only} />
        </Suspense>
      );
    case 'accept':
      return <AcceptValue connection={connection} />;
    case 'verdict':
      return <Verdict connection={connection} />;
  }
}

const statusOf = (connection: Connection | undefined): string | undefined =>
  connection?.response && `${String(connection.response.statusCode)} ${connection.response.reasonPhrase}`;
