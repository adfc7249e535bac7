import { lazy, Suspense } from 'react';
import { useOpenDetails } from '../../ui/use-open-details.ts';
import type { WireViewProps } from '../wire-view/WireView.tsx';
import { untilLoaded } from '../../ui/until-loaded.ts';

/** Nobody needs its code before it is opened. */
const WireView = lazy(async () => ({
  default: (await untilLoaded(() => import('../wire-view/WireView.tsx'))).WireView,
}));

/** The wire view of a bench that shows the gist itself: every rung and every bit, once somebody wants to see them. */
export function WireDetails(props: WireViewProps) {
  const { isOpen, details } = useOpenDetails();
  return (
    <details className="options" {...details}>
      <summary>The whole connection on the wire: every rung with its time, every frame to its bits</summary>
      {isOpen && (
        <Suspense fallback={<p className="panel-note">Loading the wire view …</p>}>
          <WireView {...props} />
        </Suspense>
      )}
    </details>
  );
}
