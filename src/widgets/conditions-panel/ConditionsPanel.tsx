import { lazy, Suspense } from 'react';
import type { Conditions } from '../../contract/conditions.ts';
import { conditionsSentence } from '../../derive/condition-words.ts';
import { useOpenDetails } from '../../ui/use-open-details.ts';
import { scriptLeft, useScript } from './use-script.ts';
import { untilLoaded } from '../../ui/until-loaded.ts';
import './conditions-panel.css';

export interface ConditionsPanelProps {
  /** The lab whose link it is; `undefined` while there is no sandbox, and while a recording is shown. */
  labId: string | undefined;
  /** What is imposed now, as the wire log tells: `conditions` of the WireLogView. */
  conditions: Conditions;
  /** The connection that the cut button ends, by its number in the wire log; all of the lab where it is left out. */
  connection?: number | undefined;
}

const Controls = lazy(async () => ({
  default: (await untilLoaded(() => import('./Controls.tsx'))).Controls,
}));

/**
 * The conditions of a lab's link: one line that always says in words what is imposed now, by whomever, and behind it
 * everything that can be. It is light: what stands behind the line is loaded when it is opened. Put it anywhere in a
 * bench, and keep 4 rem (phone: 5.5 rem) for it while it is closed:
 * `<ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />`
 */
export function ConditionsPanel({ labId, conditions, connection }: ConditionsPanelProps) {
  const { isOpen, details } = useOpenDetails();
  const sentence = conditionsSentence(conditions);
  const isPerfect = sentence === 'Perfect link';
  const script = useScript(labId, conditions, isOpen);
  return (
    <details className="conditions-panel" data-imposed={!isPerfect} {...details}>
      <summary>
        <span className="conditions-title">The network</span>
        <span className="conditions-now">
          {script && `${script.name}, ${scriptLeft(script)} · `}
          {sentence}
        </span>
      </summary>
      {isOpen && (
        <Suspense fallback={<p className="panel-note conditions-loading">Loading the controls …</p>}>
          {labId === undefined ? (
            <p className="panel-note">
              There is no sandbox, so there is no link on which anything could be imposed.
            </p>
          ) : (
            <Controls
              key={labId}
              labId={labId}
              conditions={conditions}
              connection={connection}
              script={script}
            />
          )}
        </Suspense>
      )}
    </details>
  );
}
