import type { Layer } from '../../derive/liveness.ts';
import { formatMs } from '../../ui/units.ts';
import type { Illness } from './illnesses.ts';
import type { Cell } from './run-illness.ts';

/** What a cell of the table says. */
export interface CellWords {
  /** Whether the layer told the truth. */
  isTrue: boolean;
  verdict: string;
  /** What the wire shows for it. */
  evidence: string;
}

/** Who asks, and who answers. */
export const layerWords: Readonly<Record<Layer, { label: string; says: string }>> = {
  tcp: { label: 'TCP keep-alive', says: 'the server’s kernel asks, the other kernel answers' },
  'server ping': { label: 'Server ping', says: 'the server asks, the browser answers' },
  'page asks': { label: 'The page asks', says: 'a message, which the server’s program answers' },
  'server asks': { label: 'The server asks', says: 'a message, which the page’s script answers' },
};

/** A measured cell in words: whether the layer noticed, and if it was right. */
export function cellWords(layer: Layer, { truth }: Illness, cell: Cell, everyMs: number): CellWords {
  const { noticedBy, afterMs = 0, asked, answered, longestGapMs = 0 } = cell;
  const isTrue = (noticedBy === undefined) === (truth === 'alive');
  return { isTrue, verdict: verdictOf(noticedBy, afterMs, truth), evidence: evidenceOf() };

  function evidenceOf(): string {
    if (layer === 'tcp') return 'Its probes are not in the wire log.';
    // Twice as late as it should: its timer did not fire in time.
    const isLate = noticedBy === undefined && longestGapMs > 1.9 * everyMs;
    if (asked === 0) {
      return isLate ? `It asked nothing for ${formatMs(longestGapMs)}.` : 'No question got onto the wire.';
    }
    const answers = `${String(answered)} of ${String(asked)} questions answered`;
    if (isLate) return `${answers}; none was asked for ${formatMs(longestGapMs)}.`;
    return `${answers}.`;
  }
}

function verdictOf(by: Cell['noticedBy'], afterMs: number, truth: Illness['truth']): string {
  if (by === undefined) return truth === 'alive' ? 'No alarm' : 'Noticed nothing';
  const who = by === 'server' ? 'Server' : 'Page';
  return `${truth === 'alive' ? 'False alarm: ' : ''}${who}, after ${formatMs(afterMs)}`;
}
