import type { Fate } from '../../derive/message-fate.ts';

/** The sign of each fate in its cell, and what it means. */
export const fateSigns: Readonly<Record<Fate, { sign: string; meaning: string }>> = {
  arrived: { sign: '', meaning: 'applied once, in order, in time' },
  late: { sign: 't', meaning: 'applied later than you allow' },
  'out of order': { sign: '⇅', meaning: 'applied after one that was sent later' },
  doubled: { sign: '2', meaning: 'applied more than once' },
  lost: { sign: '×', meaning: 'never applied, and its sender does not know' },
  'given up': { sign: '–', meaning: 'never applied, and its sender knows' },
  'in a snapshot': { sign: 's', meaning: 'not applied itself: a snapshot took its place' },
  'under way': { sign: '›', meaning: 'it waits, is on its way, or will be sent again' },
};

/** The fates in the order of a legend. */
export const legendOrder = [
  'arrived',
  'late',
  'out of order',
  'doubled',
  'lost',
  'given up',
  'in a snapshot',
  'under way',
] as const satisfies readonly Fate[];
