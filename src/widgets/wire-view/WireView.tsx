import { useRef, useState, type ReactNode } from 'react';
import type { Connection } from '../../derive/connection.ts';
import { allRungs } from '../../derive/rung-filter.ts';
import type { Witness } from '../../lab/witness.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';
import { FilterBar } from './FilterBar.tsx';
import { Ladder } from './Ladder.tsx';
import { Legend } from './Legend.tsx';
import { LiveRegion } from './LiveRegion.tsx';
import { PlaybackBar } from './PlaybackBar.tsx';
import { usePlayback } from './use-playback.ts';
import { useRecording, type Recording, type RecordingOnTable } from './use-recording.ts';
import { useRungs } from './use-rungs.ts';
import { selectionOf, useSelection } from './use-selection.ts';
import { WirePanels, type WirePanel } from './WirePanels.tsx';
import './wire-view.css';

export interface WireViewProps {
  table: WireLogOnTable;
  /** The page's own sockets, whose testimony stands beside the wire's. */
  witnesses?: readonly Witness[];
  /** The connections that are shown; all of them where it is left out. */
  only?: (connection: Connection) => boolean;
}

const noWitnesses: readonly Witness[] = [];

/** The wire log of the page's lab: its ladder, what each rung holds, and where the bytes went. */
export function WireView({ table, witnesses = noWitnesses, only }: WireViewProps) {
  const [recording, setRecording] = useState<Recording>();
  const log = recording?.log ?? table.log;
  const replay = recording !== undefined || table.replay;
  const [choice, setChoice] = useState<number | 'all' | undefined>(chosenByAddress);
  const [filter, setFilter] = useState(allRungs);
  const [selection, select] = useSelection();
  const [panel, setPanel] = useState<WirePanel>('detail');
  const inspector = useRef<HTMLDivElement>(null);

  const { connections, shown, these, rungs } = useRungs({
    log,
    // A recording has neither this page's script nor the connections that a bench is about.
    witnesses: replay ? noWitnesses : witnesses,
    only: recording ? undefined : only,
    choice,
    filter,
  });
  const controls = usePlayback(rungs);
  const put = (opened: Recording | undefined): void => {
    setRecording(opened);
    setChoice(undefined);
    select({ rung: undefined, field: undefined });
    controls.follow();
  };
  const onTable = useRecording(recording, put, () => {
    setPanel('files');
  });
  const visible = controls.count === rungs.length ? rungs : rungs.slice(0, controls.count);
  const selected = visible.find(({ id }) => id === selection.rung);

  return (
    <DropSection onTable={onTable}>
      <FilterBar
        connections={connections}
        shown={shown}
        filter={filter}
        onShow={(next) => {
          setChoice(next);
          controls.follow();
        }}
        onFilter={setFilter}
      />
      <PlaybackBar
        controls={controls}
        total={rungs.length}
        recording={recording?.name ?? (replay ? 'a recording' : undefined)}
      />
      {rungs.length === 0 && (
        <p className="wire-empty">Nothing has crossed the wire yet: open a connection.</p>
      )}
      <Ladder
        rungs={visible}
        selected={selection.rung}
        follows={controls.playback.mode !== 'paused' && selection.rung === undefined}
        onLeave={controls.pause}
        onSelect={(rung) => {
          select({ rung, field: undefined });
          setPanel('detail');
        }}
        onEnter={() => {
          setPanel('detail');
          inspector.current?.focus();
        }}
      />
      <Legend spare={panel === 'detail' && selected === undefined} />
      <WirePanels
        panel={panel}
        connections={these}
        rung={selected}
        field={selection.field}
        box={inspector}
        labId={table.replay ? undefined : table.session.lab?.id}
        onTable={onTable}
        onPanel={setPanel}
        onField={(field) => {
          select({ rung: selection.rung, field });
        }}
      />
      <LiveRegion rungs={rungs} />
    </DropSection>
  );
}

/** The place that takes a dropped recording: all of the view. */
function DropSection({ onTable, children }: { onTable: RecordingOnTable; children: ReactNode }) {
  const { isTarget, dropTarget } = onTable;
  return (
    <section className="wire-view" aria-label="The wire" data-drop={isTarget || undefined} {...dropTarget}>
      {children}
    </section>
  );
}

/** The connection of the rung that the address bar asks for. */
function chosenByAddress(): number | undefined {
  const asked = typeof location === 'undefined' ? undefined : selectionOf(location.hash)?.rung;
  const conn = Number(asked?.split('.')[0]);
  return Number.isInteger(conn) ? conn : undefined;
}
