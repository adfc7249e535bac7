import type { Continuity } from '../../derive/stream-continuity.ts';
import { formatMs } from '../../ui/units.ts';
import { FactPairs } from '../bench/FactPairs.tsx';

/** What the wire says of a client's streams, taken together. */
export function ContinuityFacts({
  continuity,
  connections,
}: {
  continuity: Continuity;
  connections: number;
}) {
  const { ids, missing, doubled, returns } = continuity;
  const last = returns.at(-1);
  const facts: [name: string, value: string][] = [
    ['TCP connections', String(connections)],
    ['Events', String(ids.length)],
    ['Missing', String(missing)],
    ['Twice', String(doubled)],
    ['Came back', String(returns.length)],
    ['Away, the last time', last ? formatMs(last.awayMs) : '–'],
  ];
  return <FactPairs className="stream-facts" aria-label="What the wire shows" facts={facts} />;
}
