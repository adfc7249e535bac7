import type { TabAct } from './own-tab.ts';

/** What the page's own client met: its connection ended, an attempt led nowhere, or a connection opened. */
export interface Attempt {
  /** Since the server began to end, ms. */
  atMs: number;
  what: 'end' | 'failed' | 'open';
}

/**
 * The acts of the page's own client on the scale of a stampede. `openedAtMs` is when its first connection was answered,
 * on that scale: the wire log and the page know that moment both, each by its own clock.
 */
export function attemptsOf(acts: readonly TabAct[], openedAtMs: number | undefined): Attempt[] {
  const first = acts.find(({ what }) => what === 'open');
  if (!first || openedAtMs === undefined) return [];
  const ahead = openedAtMs - first.at;
  const attempts: Attempt[] = [];
  let isOpen = true;
  for (const act of acts.slice(acts.indexOf(first) + 1)) {
    const atMs = act.at + ahead;
    if (act.what === 'open') attempts.push({ atMs, what: 'open' });
    else if (act.what === 'end') attempts.push({ atMs, what: isOpen ? 'end' : 'failed' });
    else continue;
    isOpen = act.what === 'open';
  }
  return attempts.filter(({ atMs }) => atMs >= 0);
}

/** What the page's own client did, a sentence each. */
export function actSentences(acts: readonly TabAct[]): string[] {
  return acts.map((act) => {
    switch (act.what) {
      case 'open':
        return 'Open.';
      case 'end':
        return `The connection ended, or was never made: ${String(act.code)}.`;
      case 'retry':
        return `Attempt ${String(act.attempt)} comes in ${String(Math.round(act.delayMs))} ms.`;
      case 'final':
        return `No further attempt: ${act.why}.`;
    }
  });
}
