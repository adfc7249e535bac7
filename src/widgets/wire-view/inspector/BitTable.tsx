import { useLayoutEffect, useRef, useState } from 'react';
import { bitRows, type BitCell } from '../../../derive/bit-rows.ts';
import type { AnatomyField } from '../../../derive/frame-anatomy.ts';

export interface BitTableProps {
  fields: readonly AnatomyField[];
  /** The field that is lit. */
  shown: string | undefined;
  onLight: (field: string | undefined) => void;
  onChoose: (field: string) => void;
}

/** A drawing narrower than this takes 16 bits a row, CSS pixels. */
const widthOf32Bits = 520;

/** The fields of a frame as the standard draws them: 32 bits a row, 16 where there is little room. */
export function BitTable({ fields, shown, onLight, onChoose }: BitTableProps) {
  const box = useRef<HTMLDivElement>(null);
  const [bitsPerRow, setBitsPerRow] = useState<16 | 32>(32);

  useLayoutEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      setBitsPerRow((entry?.contentRect.width ?? 0) < widthOf32Bits ? 16 : 32);
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);

  const rows = bitRows(fields, bitsPerRow);
  return (
    // The list of fields beside it says the same in words and has the keyboard: here the pointer takes a short cut.
    <div className="bit-table" ref={box} aria-hidden="true" data-bits={bitsPerRow}>
      <div className="bit-row bit-numbers">
        {Array.from({ length: bitsPerRow }, (_, bit) => (
          <span key={bit}>{bit}</span>
        ))}
      </div>
      {rows.map((cells, row) => (
        <div className="bit-row" key={row}>
          {cells.map((cell) => (
            <Cell
              key={cell.field.id}
              cell={cell}
              lit={cell.field.id === shown}
              onLight={onLight}
              onChoose={onChoose}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

interface CellProps extends Pick<BitTableProps, 'onLight' | 'onChoose'> {
  cell: BitCell;
  lit: boolean;
}

function Cell({ cell: { field, column, width, begins, ends }, lit, onLight, onChoose }: CellProps) {
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/no-static-element-interactions
    <span
      className="bit-cell"
      data-field={field.id}
      data-lit={lit || undefined}
      data-broken={field.violations.length > 0 || undefined}
      data-begins={begins || undefined}
      data-ends={ends || undefined}
      style={{ gridColumn: `${String(column + 1)} / span ${String(width)}` }}
      onPointerEnter={() => {
        onLight(field.id);
      }}
      onPointerLeave={() => {
        onLight(undefined);
      }}
      onClick={() => {
        onChoose(field.id);
      }}
    >
      <span className="bit-name">
        {begins ? (width === 1 ? field.name.replace('RSV', 'R') : field.name) : '…'}
      </span>
      {begins && <span className="bit-value">{field.value}</span>}
    </span>
  );
}
