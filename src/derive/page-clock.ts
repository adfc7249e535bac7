import { messageNumber, type Belief } from './belief.ts';
import type { Crossed } from './stream-wire.ts';

/**
 * What to add to a time of the page to get one of the lab, ms: by cause and effect alone. No message enters a link before
 * its script has sent it, and none is heard before it has left the link. 0 where nothing bounds it.
 */
export function pageClockOf(mark: string, beliefs: readonly Belief[], crossed: readonly Crossed[]): number {
  const sentAt = new Map<number, number>();
  const heardAt = new Map<string, number[]>();
  for (const belief of beliefs) {
    if ('number' in belief && !sentAt.has(belief.number)) sentAt.set(belief.number, belief.at);
    if (belief.what === 'applied') append(heardAt, belief.data, belief.at);
  }
  const leftAt = new Map<string, number[]>();
  let high = Infinity;
  for (const { from, at, due, data } of crossed) {
    if (from === 'client') {
      const sent = sentAt.get(messageNumber(mark, data) ?? 0);
      if (sent !== undefined) high = Math.min(high, at - sent);
    } else if (due !== undefined) append(leftAt, data, due);
  }
  let low = -Infinity;
  for (const [data, heard] of heardAt) {
    const left = leftAt.get(data)?.toSorted((one, other) => one - other) ?? [];
    // The same text may leave several times, and not each is heard: still, the second hearing is after the second leaving.
    heard.forEach((at, index) => {
      low = Math.max(low, (left[index] ?? -Infinity) - at);
    });
  }
  if (Number.isFinite(low) && Number.isFinite(high)) return (low + high) / 2;
  if (Number.isFinite(low)) return low;
  return Number.isFinite(high) ? high : 0;
}

function append(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
