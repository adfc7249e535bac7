import { lazy, Suspense, type RefObject } from 'react';
import type { Connection } from '../../derive/connection.ts';
import type { Rung } from '../../derive/rung.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { LedgerTable } from './LedgerTable.tsx';
import { Unchosen } from './Legend.tsx';
import { SaveAndOpen, type SaveAndOpenProps } from './SaveAndOpen.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';

/** What a rung holds is looked at after a click: until then nobody needs the code for it. */
const RungDetail = lazy(() => untilLoaded(() => import('./RungDetail.tsx')));

const panels = [
  { id: 'detail', label: 'Inspector' },
  { id: 'ledger', label: 'Byte ledger' },
  { id: 'files', label: 'Save and open' },
] as const;
export type WirePanel = (typeof panels)[number]['id'];

export interface WirePanelsProps extends SaveAndOpenProps {
  panel: WirePanel;
  /** Whose bytes the ledger adds up. */
  connections: readonly Connection[];
  /** The chosen rung, and the field of it. */
  rung: Rung | undefined;
  field: string | undefined;
  box: RefObject<HTMLDivElement | null>;
  onPanel: (panel: WirePanel) => void;
  onField: (field: string | undefined) => void;
}

/** What the ladder holds: the chosen rung byte by byte, and where all the bytes went. */
export function WirePanels({
  panel,
  connections,
  rung,
  field,
  box,
  onPanel,
  onField,
  ...files
}: WirePanelsProps) {
  return (
    <Tabs tabs={panels} selected={panel} label="What the ladder holds" onSelect={onPanel}>
      {/* Escape leads back to the ladder from whatever has the focus in here. */}
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-element-interactions */}
      <div
        className="wire-panel"
        ref={box}
        role="group"
        aria-label="The chosen rung"
        tabIndex={-1}
        onKeyDown={({ key, currentTarget }) => {
          if (key !== 'Escape') return;
          currentTarget.closest('.wire-view')?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
        }}
      >
        {panel === 'files' && <SaveAndOpen {...files} />}
        {panel === 'ledger' && <LedgerTable connections={connections} />}
        {panel === 'detail' &&
          (rung ? (
            <Suspense fallback={<p className="wire-empty">Loading the inspector …</p>}>
              <RungDetail key={rung.id} rung={rung} field={field} onField={onField} />
            </Suspense>
          ) : (
            <Unchosen />
          ))}
      </div>
    </Tabs>
  );
}
