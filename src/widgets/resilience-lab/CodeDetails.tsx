import { lazy, Suspense } from 'react';
import { useOpenDetails } from '../../ui/use-open-details.ts';
import { isFoundName } from '../seed-frame/found-names.ts';
import type { RunState } from './run.ts';
import { partNames, type LabSettings, type PartName } from './settings.ts';
import { untilLoaded } from '../../ui/until-loaded.ts';

/** Nobody needs the sources before they are opened. */
const CodePane = lazy(async () => ({
  default: (await untilLoaded(() => import('../code-pane/CodePane.tsx'))).CodePane,
}));
const FoundCode = lazy(async () => ({
  default: (await untilLoaded(() => import('../seed-frame/FoundCode.tsx'))).FoundCode,
}));

/** The code that runs with these settings, and what it threw. */
export function CodeDetails({ settings, run }: { settings: LabSettings; run: RunState | undefined }) {
  const { isOpen, details } = useOpenDetails();
  const parts = Object.fromEntries(partNames.map((name) => [name, settings[name].isOn])) as Record<
    PartName,
    boolean
  >;
  const beliefs = run?.beliefs ?? [];
  const thrown = beliefs.filter((belief) => belief.what === 'threw');
  const last = thrown.at(-1);
  return (
    <>
      <details className="options" {...details}>
        <summary>The lines that run, with those lit that act</summary>
        {isOpen && (
          <Suspense fallback={<p className="panel-note">Loading the sources …</p>}>
            {isFoundName(settings.found) ? (
              <FoundCode name={settings.found} />
            ) : (
              <CodePane parts={parts} acts={beliefs} />
            )}
          </Suspense>
        )}
      </details>
      <p className="panel-error lab-thrown" role="alert">
        {last && `The snippet threw, and nobody caught it: ${last.message}`}
        {thrown.length > 1 && ` (${String(thrown.length)} times)`}
      </p>
    </>
  );
}
