import type { ConditionsEvent, ProgramEvent } from '../../src/contract/wire-event.ts';
import type { Connection } from '../../src/derive/connection.ts';

/** What a judge makes of the wire so far. */
export interface Verdict {
  passed: boolean;
  /** What the log shows that counts, one sentence each. */
  seen: string[];
  /** What is still missing, one sentence each; empty where passed. */
  missing: string[];
}

/** What a judge may have to know beside the connections. */
export interface JudgedLog {
  conditionChanges: readonly ConditionsEvent[];
  /** What the program of the numbered stream made and took. */
  program?: readonly ProgramEvent[];
}

/** A task whose verdict is computed from the wire log, never from what somebody typed. */
export interface Challenge {
  id: string;
  title: string;
  /** What to do, in the second person. */
  task: string;
  /** Help in steps, from a nudge to nearly the answer. */
  hints: readonly string[];
  /** Judges the connections that were accepted since the challenge was taken up, and what was imposed on them. */
  judge(connections: readonly Connection[], log?: JudgedLog): Verdict;
}
