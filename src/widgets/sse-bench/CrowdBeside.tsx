import { useStore } from '@nanostores/react';
import type { Witness } from '../../lab/witness.ts';
import { formatMs } from '../../ui/units.ts';
import { FactPairs } from '../bench/FactPairs.tsx';
import { $asking, $closesAt } from './crowd.ts';

/** What else gets through while the crowd is open, and for how long it will be. */
export function CrowdBeside({ witness, now }: { witness: Witness | undefined; now: number }) {
  const asking = useStore($asking);
  const closesAt = useStore($closesAt);
  const facts: [name: string, value: string][] = [
    ['The WebSocket', socketNote(witness)],
    [
      'The fetch()',
      asking
        ? `${asking.outcome}, ${formatMs((asking.answeredAt ?? Math.max(now, asking.askedAt)) - asking.askedAt)}`
        : 'not asked yet',
    ],
    [
      'All close by themselves',
      closesAt === undefined ? '–' : `in ${String(Math.max(0, Math.ceil((closesAt - now) / 1000)))} s`,
    ],
  ];
  return <FactPairs className="crowd-beside" aria-label="What else gets through" facts={facts} />;
}

function socketNote(witness: Witness | undefined): string {
  if (!witness) return 'not opened yet';
  const opened = witness.testimonies.find(({ what }) => what === 'open');
  if (!opened) return 'opening';
  return witness.socket.readyState === WebSocket.OPEN ? `open after ${formatMs(opened.at)}` : 'closed';
}
