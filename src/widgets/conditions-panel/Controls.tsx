import { useState } from 'react';
import { perfectLink, type Conditions } from '../../contract/conditions.ts';
import { forgetMessageFaults, stopScript } from '../../lab/lab-client.ts';
import { Tabs } from '../../ui/Tabs.tsx';
import { ConditionGroups } from './ConditionGroups.tsx';
import { Endings } from './Endings.tsx';
import { ScriptPanel } from './ScriptPanel.tsx';
import { useConditions } from './use-conditions.ts';
import type { RunningScript } from './use-script.ts';

export interface ControlsProps {
  labId: string;
  conditions: Conditions;
  connection: number | undefined;
  script: RunningScript | undefined;
}

const pages = [
  { id: 'conditions', label: 'Conditions' },
  { id: 'scripts', label: 'Scripts of faults' },
] as const;
type Page = (typeof pages)[number]['id'];

/** Everything that can be imposed on the lab of a page. */
export function Controls({ labId, conditions, connection, script }: ControlsProps) {
  const [page, setPage] = useState<Page>('conditions');
  const { shown, set, attempt, problem } = useConditions(labId, conditions);
  return (
    <div className="conditions-body">
      <p className="panel-note">
        Imposed by the sandbox on every connection of this lab, yours and any other client&rsquo;s, and on
        bytes that are under way, too. At the left end of each slider nothing is imposed.
      </p>
      <Endings
        labId={labId}
        connection={connection}
        attempt={attempt}
        onReset={() => {
          set(perfectLink);
          // A script that has just begun, the panel may not know of yet.
          attempt(() => Promise.all([stopScript(labId), forgetMessageFaults(labId)]));
        }}
      />
      <p className="panel-error" role="alert">
        {problem}
      </p>
      <Tabs tabs={pages} selected={page} label="What to impose" onSelect={setPage}>
        <div className="conditions-page">
          {page === 'conditions' ? (
            <ConditionGroups shown={shown} set={set} labId={labId} attempt={attempt} />
          ) : (
            <ScriptPanel labId={labId} running={script} attempt={attempt} />
          )}
        </div>
      </Tabs>
    </div>
  );
}
