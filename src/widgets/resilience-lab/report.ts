import { attemptsOf } from '../../derive/attempts.ts';
import { fates, totalsOf, type Fate, type LedgerLine, type LedgerTotals } from '../../derive/message-fate.ts';
import type { MessageLedger } from '../../derive/message-ledger.ts';
import type { RunState } from './run.ts';
import type { LabSettings } from './settings.ts';

/** What is left of a run: how it was set, and what came of it. It fits into an address. */
export interface Report {
  settings: LabSettings;
  /** How long it took, from its start to the last message that was sent, ms. */
  lengthMs: number;
  /** Attempts to come back, after the first connection. */
  reconnects: number;
  /** The longest time without an open connection, ms. */
  longestGapMs: number;
  client: ReportSide;
  server: ReportSide;
}

/** One direction of a run. */
export interface ReportSide {
  totals: LedgerTotals;
  /** What became of the messages, in the order of sending: so many in a row of each fate. */
  fates: readonly FateStretch[];
}

/** So many messages in a row met the same. */
export interface FateStretch {
  fate: Fate;
  count: number;
}

/** Draws up the report of a run that is over. */
export function reportOf(run: RunState, ledger: MessageLedger): Report {
  const { settings, beliefs, beganAt, stoppedAt, endedAt } = run;
  const end = stoppedAt ?? endedAt ?? beganAt;
  const attempts = attemptsOf(beliefs);
  let longestGapMs = 0;
  let awaySince = beganAt;
  for (const { openedAt, endedAt: gone } of attempts) {
    if (openedAt === undefined) continue;
    longestGapMs = Math.max(longestGapMs, Math.min(openedAt, end) - awaySince);
    awaySince = gone ?? Infinity;
  }
  return {
    settings,
    lengthMs: Math.round(end - beganAt),
    reconnects: Math.max(0, attempts.length - 1),
    longestGapMs: Math.round(Math.max(longestGapMs, end - awaySince)),
    client: sideOf(ledger.client, settings.lateMs),
    server: sideOf(ledger.server, settings.lateMs),
  };
}

function sideOf(lines: readonly LedgerLine[], lateMs: number): ReportSide {
  const stretches: FateStretch[] = [];
  for (const { fate } of lines) {
    const last = stretches.at(-1);
    if (last?.fate === fate) last.count++;
    else stretches.push({ fate, count: 1 });
  }
  const totals = totalsOf(lines, lateMs);
  return { totals: { ...totals, longestMs: Math.round(totals.longestMs) }, fates: stretches };
}

/** The letter of each fate in an address. */
export const fateLetters: Readonly<Record<Fate, string>> = {
  arrived: 'a',
  late: 't',
  'out of order': 'o',
  doubled: 'd',
  lost: 'x',
  'given up': 'g',
  'in a snapshot': 's',
  'under way': 'w',
};

/** The fate of a letter. */
export const fateOfLetter = (letter: string): Fate | undefined =>
  fates.find((fate) => fateLetters[fate] === letter);
