import { lazy, Suspense, useState } from 'react';
import type { Connection } from '../../derive/connection.ts';
import type { WireLogOnTable } from '../bench/use-wire-log.ts';

/** Nobody needs its code before it is opened. */
const WireView = lazy(async () => ({ default: (await import('../wire-view/WireView.tsx')).WireView }));

/** The connections that were made by hand, rung by rung, once somebody wants to see them so. */
export function WireDetails({ table }: { table: WireLogOnTable }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <details
      className="options"
      onToggle={(event) => {
        setIsOpen(event.currentTarget.open);
      }}
    >
      <summary>The whole connection on the wire: every rung with its time, every frame to its bits</summary>
      {isOpen && (
        <Suspense fallback={<p className="panel-note">Loading the wire view …</p>}>
          <WireView table={table} only={isByHand} />
        </Suspense>
      )}
    </details>
  );
}

const isByHand = ({ path }: Connection): boolean => path === null;
