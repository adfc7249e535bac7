import { useStore } from '@nanostores/react';
import { useCallback, useEffect, useState } from 'react';
import { onceInEffect } from '../../../lessons/challenges/once-in-effect.ts';
import { outOfTheTunnel } from '../../../lessons/challenges/out-of-the-tunnel.ts';
import type { Connection } from '../../derive/connection.ts';
import { SandboxRefusal } from '../../lab/lab-client.ts';
import { ChallengeCard } from '../bench/ChallengeCard.tsx';
import { SessionBar } from '../bench/SessionBar.tsx';
import { useWireLog } from '../bench/use-wire-log.ts';
import { WireDetails } from '../bench/WireDetails.tsx';
import { ConditionsPanel } from '../conditions-panel/ConditionsPanel.tsx';
import type { FoundName } from '../seed-frame/found-names.ts';
import { CodeDetails } from './CodeDetails.tsx';
import { clientOf } from './lab-client.ts';
import { LedgerPanel } from './LedgerPanel.tsx';
import { refusalOf } from './parts.ts';
import { PartSwitches } from './PartSwitches.tsx';
import { labPresets, withScript, type LabPreset } from './presets.ts';
import { createRuns } from './run.ts';
import { ReportPanel } from './ReportPanel.tsx';
import { RunBar } from './RunBar.tsx';
import { RunSettings } from './RunSettings.tsx';
import { partsOn, type LabSettings } from './settings.ts';
import { TimePanel } from './TimePanel.tsx';
import { useReports } from './use-reports.ts';
import { useLedger } from './use-ledger.ts';
import '../../ui/bench.css';
import '../bench/panel.css';
import './resilience-lab.css';

export interface ResilienceLabProps {
  /** Which settings it begins with. */
  preset?: LabPreset;
  /** The fault script that it proposes, by its name in `fault-presets.ts`. */
  script?: string;
  /** The snippet as found on the web that it begins with, in the place of a client with parts. */
  found?: FoundName | '';
  challenge?: keyof typeof challenges;
}

const challenges = { tunnel: outOfTheTunnel, once: onceInEffect };

/**
 * A stream of numbered messages both ways through a client whose parts can be switched one by one, over a network that
 * can be broken, and the ledger of what became of each message.
 */
export function ResilienceLab({
  preset = 'bare',
  script = '',
  found = '',
  challenge = 'tunnel',
}: ResilienceLabProps) {
  const table = useWireLog();
  const { session, log, replay } = table;
  const [runs] = useState(createRuns);
  const run = useStore(runs.$run);
  const [settings, setSettings] = useState<LabSettings>(() => ({
    ...withScript(labPresets[preset].settings, script),
    found,
  }));
  const [failure, setFailure] = useState<string>();
  const inHand = useLedger(run, log);
  const reports = useReports(run, inHand, setSettings);
  const lab = replay || session.status !== 'live' ? undefined : session.lab;
  const stream = lab?.services['stream'];
  const isRunning = run !== undefined && run.phase !== 'over';
  const refusal = refusalIn(settings);
  useEffect(
    () => () => {
      runs.clear();
    },
    [runs, session.lab?.id],
  );
  const start = (): void => {
    if (!lab || stream === undefined) return;
    setFailure(undefined);
    runs.start({ id: lab.id, stream }, settings, clientOf(settings)).catch((error: unknown) => {
      runs.end();
      setFailure(reasonOf(error));
    });
  };
  const own = inHand?.connections;
  const isOwn = useCallback(({ conn }: Connection) => own?.some((one) => one.conn === conn) === true, [own]);
  return (
    <section className="bench resilience-lab not-content" aria-label="Resilience lab">
      <SessionBar title="Resilience lab" session={session} replay={replay} />
      <ConditionsPanel labId={replay ? undefined : session.lab?.id} conditions={log.conditions} />
      <div className="lab-settings">
        <PartSwitches settings={settings} isLocked={isRunning} onChange={setSettings} />
        <RunSettings settings={settings} isLocked={isRunning} onChange={setSettings} />
      </div>
      <RunBar
        run={run}
        now={inHand?.now ?? 0}
        problem={failure ?? refusal ?? (lab ? undefined : 'A run needs a sandbox that answers.')}
        onStart={start}
        onStop={runs.stop}
      />
      <TimePanel
        run={run}
        now={inHand?.now ?? 0}
        clock={inHand?.ledger.clock ?? 0}
        conditionChanges={log.conditionChanges}
      />
      <CodeDetails settings={settings} run={run} />
      <LedgerPanel
        droppedEvents={log.gaps.reduce((sum, { events }) => sum + events, 0)}
        ledger={inHand?.ledger}
        lateMs={run?.settings.lateMs ?? settings.lateMs}
      />
      <ChallengeCard
        challenge={challenges[challenge]}
        connections={replay ? [] : log.connections}
        log={log}
      />
      <ReportPanel {...reports} />
      <WireDetails table={table} only={isOwn} />
    </section>
  );
}

/** What is wrong with the settings, in the words of the part that refuses them. */
function refusalIn(settings: LabSettings): string | undefined {
  for (const part of ['run', ...partsOn(settings)] as const) {
    const refusal = refusalOf(part, settings);
    if (refusal !== undefined) return refusal;
  }
  return undefined;
}

const reasonOf = (error: unknown): string =>
  error instanceof SandboxRefusal
    ? `${error.message} ${error.hint}`
    : error instanceof Error
      ? error.message
      : String(error);
