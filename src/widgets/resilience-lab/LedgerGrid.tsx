import { memo, useEffect, useId, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import type { Fate, LedgerLine } from '../../derive/message-fate.ts';
import { fateSigns } from './fate-words.ts';

export interface LedgerGridProps {
  /** Names the grid: whose messages they are. */
  label: string;
  lines: readonly LedgerLine[];
  /** The chosen one, by its place in the list. */
  selected: number | undefined;
  onSelect: (index: number | undefined) => void;
}

/** So many cells are drawn together, and left alone as long as none of them changes. */
const blockLength = 50;

/**
 * Messages as small cells, coloured and marked by their fate. One stop of the Tab key; arrow keys, Home and End choose a
 * message.
 */
export function LedgerGrid({ label, lines, selected, onSelect }: LedgerGridProps) {
  const id = useId();
  const grid = useRef<HTMLDivElement>(null);
  // The newest are in sight, until one of them is chosen.
  useEffect(() => {
    if (selected === undefined && grid.current) grid.current.scrollTop = grid.current.scrollHeight;
  }, [lines.length, selected]);
  const blocks: { first: number; fates: Fate[] }[] = [];
  for (let first = 0; first < lines.length; first += blockLength) {
    blocks.push({ first, fates: lines.slice(first, first + blockLength).map(({ fate }) => fate) });
  }
  const move = (event: KeyboardEvent): void => {
    const here = selected ?? -1;
    const steps: Record<string, number> = {
      ArrowRight: here + 1,
      ArrowLeft: here - 1,
      ArrowDown: here + columnsOf(grid.current),
      ArrowUp: here - columnsOf(grid.current),
      Home: 0,
      End: lines.length - 1,
    };
    const target = steps[event.key];
    if (event.key === 'Escape') onSelect(undefined);
    if (target === undefined || lines.length === 0) return;
    event.preventDefault();
    const next = Math.min(lines.length - 1, Math.max(0, target));
    onSelect(next);
    document.getElementById(`${id}-${String(next)}`)?.scrollIntoView({ block: 'nearest' });
  };
  const choose = (event: MouseEvent): void => {
    const cell = event.target instanceof Element ? event.target.closest('[data-index]') : null;
    if (cell instanceof HTMLElement) onSelect(Number(cell.dataset['index']));
  };
  return (
    <div
      ref={grid}
      className="ledger-grid"
      role="listbox"
      aria-label={label}
      aria-activedescendant={selected === undefined ? undefined : `${id}-${String(selected)}`}
      tabIndex={0}
      onKeyDown={move}
      onClick={choose}
    >
      {blocks.map(({ first, fates }) => (
        <Block
          key={first}
          id={id}
          first={first}
          // What it is drawn from, as one value that can be compared.
          fates={fates.join()}
          numbers={numbersOf(lines, first)}
          selected={
            selected !== undefined && selected >= first && selected < first + blockLength ? selected : -1
          }
        />
      ))}
    </div>
  );
}

/** The numbers of a block's messages: where they count on without a hole, the first says all. */
const numbersOf = (lines: readonly LedgerLine[], first: number): string =>
  lines
    .slice(first, first + blockLength)
    .map(({ number }) => number)
    .join();

interface BlockProps {
  id: string;
  first: number;
  fates: string;
  numbers: string;
  selected: number;
}

const Block = memo(function Block({ id, first, fates, numbers, selected }: BlockProps) {
  const named = numbers.split(',');
  return (
    <>
      {fates.split(',').map((fate, place) => {
        const index = first + place;
        return (
          <span
            key={index}
            id={`${id}-${String(index)}`}
            data-index={index}
            className="ledger-cell"
            role="option"
            aria-selected={index === selected}
            aria-label={`message ${named[place] ?? ''}: ${fate}`}
            data-fate={fate}
          >
            {fateSigns[fate as Fate].sign}
          </span>
        );
      })}
    </>
  );
});

/** How many cells stand in a row. */
const columnsOf = (grid: HTMLDivElement | null): number =>
  grid ? getComputedStyle(grid).gridTemplateColumns.split(' ').length : 1;
