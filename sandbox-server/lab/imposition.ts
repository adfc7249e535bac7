import { perfectLink, type Conditions } from '../../src/contract/conditions.ts';
import type { Cut } from '../../src/contract/cut.ts';
import type { FaultScript } from '../../src/contract/fault-script.ts';
import type { LabStatus } from '../../src/contract/lab.ts';
import { plainRestart, type Restart } from '../../src/contract/restart.ts';
import { cutConnection } from '../link/cut.ts';
import type { LabConnection } from './lab-connection.ts';
import { MessageFaults } from './message-faults.ts';
import { ScriptRun } from './script-run.ts';

/** The lab to which it is done. */
export interface ImposedLab {
  readonly connections: readonly LabConnection[];
  labTime(moment: number): number;
  cut(how: Cut): number[];
}

/** How a server that restarts ends a connection. Those of HTTP end without a word. */
function endOf({ webSocket }: LabConnection, code: Restart['code']): Cut {
  if (code === null) return { how: 'rst' };
  return webSocket ? { how: 'close', code, reason: 'restart' } : { how: 'terminate' };
}

/** What is imposed on a lab: conditions, by hand and by a fault script, restarts, and faults of single messages. */
export class Imposition {
  readonly messageFaults = new MessageFaults();
  readonly #lab: ImposedLab;
  readonly #changed: () => void;
  /** As set by hand: what a script builds upon, and leaves behind. */
  #base: Conditions = perfectLink;
  #run: ScriptRun | undefined;
  /** How often its server has been restarted. */
  restarts = 0;
  readonly #restartTimers = new Set<NodeJS.Timeout>();
  /** Set while its server is down for a restart. */
  #comeBack: NodeJS.Timeout | undefined;
  /** It is down because the script says so. */
  #isDownByScript = false;

  /** `changed` is called after each change of conditions. */
  constructor(lab: ImposedLab, changed: () => void) {
    this.#lab = lab;
    this.#changed = changed;
  }

  /** What holds now. */
  conditions: Conditions = perfectLink;

  /** The script that runs, as the API shows it. */
  get scriptStatus(): LabStatus['script'] {
    if (!this.#run) return null;
    const { script, startedAt } = this.#run;
    return {
      name: script.name,
      steps: script.steps,
      startedAt: this.#lab.labTime(startedAt),
      elapsedMs: performance.now() - startedAt,
    };
  }

  change(patch: Partial<Conditions>): Conditions {
    // Whoever decides now whether it is up is not overruled by a restart that began before.
    if (patch.accept !== undefined) this.#forgetComeBack();
    this.#base = { ...this.#base, ...patch };
    this.#turn();
    return this.conditions;
  }

  run(script: FaultScript): void {
    this.#endRun();
    this.#run = new ScriptRun(script, {
      turned: () => {
        this.#turn();
      },
      act: (fault) => {
        if ('cut' in fault) this.#cut(fault.cut);
        else if ('restart' in fault) {
          this.restart({ ...plainRestart, ...fault.restart });
          this.#isDownByScript = this.#comeBack !== undefined;
        } else this.messageFaults.order(fault.message);
      },
    });
    this.#turn();
  }

  stop(): void {
    if (!this.#run) return;
    this.#endRun();
    this.#turn();
  }

  restart({ code, overMs, downMs }: Restart): void {
    this.restarts++;
    this.change({ accept: false });
    for (const connection of this.#lab.connections) {
      const how = endOf(connection, code);
      this.#later(Math.random() * overMs, () => {
        if (connection.isCurrent) cutConnection(connection, how);
      });
    }
    if (downMs === null) {
      // The one that is up takes over in the same moment.
      this.change({ accept: true });
      return;
    }
    this.#comeBack = this.#later(overMs + downMs, () => {
      this.change({ accept: true });
    });
  }

  /** The lab has ended. */
  end(): void {
    this.#run?.stop();
    for (const timer of this.#restartTimers) clearTimeout(timer);
  }

  /** A script's cut of a connection that is gone is no error. */
  #cut(how: Cut): void {
    const isThere = this.#lab.connections.some(({ conn }) => conn === how.connection);
    if (how.connection === undefined || isThere) this.#lab.cut(how);
  }

  /** Ends the script that runs before its time; a server that it has shut down comes back. */
  #endRun(): void {
    this.#run?.stop();
    if (!this.#isDownByScript) return;
    this.#forgetComeBack();
    this.#base = { ...this.#base, accept: true };
  }

  #forgetComeBack(): void {
    if (this.#comeBack) {
      clearTimeout(this.#comeBack);
      this.#restartTimers.delete(this.#comeBack);
    }
    this.#comeBack = undefined;
    this.#isDownByScript = false;
  }

  #turn(): void {
    if (this.#run?.isOver) this.#run = undefined;
    this.conditions = this.#run?.conditionsNow(this.#base) ?? this.#base;
    this.messageFaults.meet(this.conditions);
    this.#changed();
  }

  #later(milliseconds: number, what: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#restartTimers.delete(timer);
      what();
    }, milliseconds).unref();
    this.#restartTimers.add(timer);
    return timer;
  }
}
