import { useStore } from '@nanostores/react';
import { formatMs } from '../../ui/units.ts';
import { $gaps, askedMs, type Gap } from './life-store.ts';

/** Higher bars are cut off here, ms. */
const topMs = 4000;

const longest = (gaps: readonly Gap[], isHidden: boolean): string => {
  const these = gaps.filter((gap) => gap.isHidden === isHidden).map(({ ms }) => ms);
  return these.length === 0 ? 'none yet' : formatMs(Math.max(...these));
};

/** The gaps of the page's timer, a bar each, and the longest of them. */
export function GapStrip() {
  const gaps = useStore($gaps);
  return (
    <figure className="gap-strip">
      <figcaption>
        A timer asks for {formatMs(askedMs)}. Longest gap in sight: <b>{longest(gaps, false)}</b>; hidden:{' '}
        <b>{longest(gaps, true)}</b>
      </figcaption>
      <svg viewBox="0 0 240 40" preserveAspectRatio="none" aria-hidden="true">
        {gaps.map(({ ms, isHidden }, index) => {
          const height = Math.max(1, (Math.min(ms, topMs) / topMs) * 40);
          return (
            <rect
              key={index}
              x={index * 4}
              y={40 - height}
              width={3}
              height={height}
              data-hidden={isHidden}
            />
          );
        })}
      </svg>
    </figure>
  );
}
