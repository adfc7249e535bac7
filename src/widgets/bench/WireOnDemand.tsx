import { lazy, Suspense } from 'react';
import type { WireViewProps } from '../wire-view/WireView.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';
import './wire-on-demand.css';

const WireView = lazy(async () => ({
  default: (await untilLoaded(() => import('../wire-view/WireView.tsx'))).WireView,
}));

/** The wire view, whose code comes when it is first shown; its place is kept meanwhile. */
export function WireOnDemand(props: WireViewProps) {
  return (
    <div className="wire-on-demand">
      <Suspense fallback={<p className="evidence-empty">Loading the wire view …</p>}>
        <WireView {...props} />
      </Suspense>
    </div>
  );
}
