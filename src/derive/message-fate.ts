/** What has become of a message, in the order in which one word goes before another where several are true. */
export const fates = [
  /** Applied more than once. */
  'doubled',
  /** Never applied, and nothing will bring it any more; its sender does not know. */
  'lost',
  /** Never applied, and its sender knows: it was refused, or let go. */
  'given up',
  /** Applied after one that was sent later. */
  'out of order',
  /** Applied, later than the run allows. */
  'late',
  /** Never applied by itself: a snapshot stands for it. */
  'in a snapshot',
  /** Not applied yet: it waits, is on its way, or can still be sent again. */
  'under way',
  /** Applied once, in order, in time. */
  'arrived',
] as const;
export type Fate = (typeof fates)[number];

/** The three testimonies about one message. Times are ms since the lab began. */
export interface LedgerLine {
  from: 'client' | 'server';
  /** Its number: the page's own counts 1, 2, 3 … within a run; the server's within one of its lives. */
  number: number;
  /** Which life of the server made it, 1, 2 …; 1 for those of the page. */
  life: number;
  /** When its sender gave it: `send()` was called, or the server's program made it. */
  givenAt: number;
  /** What its sender believes, the last of it; the server believes nothing of those that it made. */
  belief: string | undefined;
  /** Each time that it entered a link, in the order of time. */
  copies: readonly Copy[];
  /** Each time that it was applied. */
  appliedAt: readonly number[];
  /** It was applied for the first time after one that was sent later. */
  isOutOfOrder: boolean;
  /** From giving to the first applying, ms. */
  delayMs: number | undefined;
  fate: Fate;
}

/** One passage of a message over a link: as it entered and, if it has, left it. */
export interface Copy {
  conn: number;
  frame: number;
  at: number;
  due: number | undefined;
  isLost: boolean;
}

/** How many messages met what; one may be late and out of order at once. */
export interface LedgerTotals {
  messages: number;
  /** Applied at least once. */
  applied: number;
  lost: number;
  givenUp: number;
  /** Messages that were applied more than once. */
  doubled: number;
  late: number;
  outOfOrder: number;
  inSnapshot: number;
  underWay: number;
  /** Passages over a link, beyond the first of each message. */
  resent: number;
  /** The longest delay of an applied message, ms. */
  longestMs: number;
}

/** Adds up the lines of one direction; `lateMs` is what counts as late. */
export function totalsOf(lines: readonly LedgerLine[], lateMs: number): LedgerTotals {
  const count = (isMeant: (line: LedgerLine) => boolean): number => lines.filter(isMeant).length;
  return {
    messages: lines.length,
    applied: count(({ appliedAt }) => appliedAt.length > 0),
    lost: count(({ fate }) => fate === 'lost'),
    givenUp: count(({ fate }) => fate === 'given up'),
    doubled: count(({ appliedAt }) => appliedAt.length > 1),
    late: count(({ delayMs = 0 }) => delayMs > lateMs),
    outOfOrder: count(({ isOutOfOrder }) => isOutOfOrder),
    inSnapshot: count(({ fate }) => fate === 'in a snapshot'),
    underWay: count(({ fate }) => fate === 'under way'),
    resent: lines.reduce((sum, { copies }) => sum + Math.max(0, copies.length - 1), 0),
    longestMs: Math.max(0, ...lines.map(({ delayMs = 0 }) => delayMs)),
  };
}
