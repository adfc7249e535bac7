import { messageNumber, type Belief } from './belief.ts';
import type { Crossed } from './stream-wire.ts';

/**
 * What to add to a time of the page to get one of the lab, ms: by cause and effect alone. No message enters a link before
 * its script has sent it, and none is heard before it has left the link. 0 where nothing bounds it.
 */
export function pageClockOf(mark: string, beliefs: readonly Belief[], crossed: readonly Crossed[]): number {
  const sentAt = new Map<number, number>();
  const heardAt = new Map<string, number>();
  for (const belief of beliefs) {
    if ('number' in belief && !sentAt.has(belief.number)) sentAt.set(belief.number, belief.at);
    // The same text may come again in another life of the server: the last hearing is after any of its leavings.
    if (belief.what === 'applied') heardAt.set(belief.data, belief.at);
  }
  let low = -Infinity;
  let high = Infinity;
  /** Texts of the server whose first leaving was seen: a later copy of one that was heard says nothing. */
  const left = new Set<string>();
  for (const { from, at, due, data } of crossed) {
    if (from === 'client') {
      const sent = sentAt.get(messageNumber(mark, data) ?? 0);
      if (sent !== undefined) high = Math.min(high, at - sent);
    } else {
      const heard = heardAt.get(data);
      if (heard === undefined || due === undefined || left.has(data)) continue;
      left.add(data);
      low = Math.max(low, due - heard);
    }
  }
  if (Number.isFinite(low) && Number.isFinite(high)) return (low + high) / 2;
  if (Number.isFinite(low)) return low;
  return Number.isFinite(high) ? high : 0;
}
