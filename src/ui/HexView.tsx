import { useEffect, useRef, useState } from 'react';
import type { ByteRange } from '../protocol/byte-range.ts';
import { hexByte, printable } from './byte-text.ts';
import './hex-view.css';

export interface HexViewProps {
  bytes: Uint8Array;
  /** The bytes that are lit. */
  lit: ByteRange | undefined;
  /** Names the view for a screen reader: "Request as hex". */
  label: string;
  onLight: (offset: number | undefined) => void;
  onPin: (offset: number) => void;
}

/** A box narrower than this, in CSS pixels, takes 8 bytes a row. */
const widthOfSixteenColumns = 560;

/** Bytes as hex with their offset and their text. What is lit elsewhere is lit here, and scrolled into sight. */
export function HexView({ bytes, lit, label, onLight, onPin }: HexViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState<8 | 16>(16);
  const litStart = lit?.start;

  useEffect(() => {
    const row = litStart === undefined ? undefined : box.current?.children[Math.floor(litStart / columns)];
    if (!(row instanceof HTMLElement) || !box.current) return;
    const top = row.offsetTop - box.current.offsetTop;
    const { scrollTop, clientHeight } = box.current;
    if (top < scrollTop || top + row.offsetHeight > scrollTop + clientHeight) {
      box.current.scrollTop = top - clientHeight / 3;
    }
  }, [litStart, columns]);

  useEffect(() => {
    if (!box.current) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      setColumns((entry?.contentRect.width ?? 0) < widthOfSixteenColumns ? 8 : 16);
    });
    observer.observe(box.current);
    return () => {
      observer.disconnect();
    };
  }, []);

  const offsetOf = (target: EventTarget): number | undefined => {
    const offset = target instanceof HTMLElement ? target.dataset['offset'] : undefined;
    return offset === undefined ? undefined : Number(offset);
  };

  const rows = Array.from({ length: Math.ceil(bytes.length / columns) }, (_, row) => row * columns);
  return (
    // The text view beside it offers the same parts to the keyboard: here the pointer only takes a short cut.
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/no-noninteractive-element-interactions
    <div
      ref={box}
      className="hex-view"
      role="group"
      aria-label={label}
      // A box that scrolls must be reachable for the arrow keys.
      // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
      tabIndex={0}
      onPointerOver={(event) => {
        onLight(offsetOf(event.target));
      }}
      onPointerLeave={() => {
        onLight(undefined);
      }}
      onClick={(event) => {
        const offset = offsetOf(event.target);
        if (offset !== undefined) onPin(offset);
      }}
    >
      {rows.map((start) => (
        <HexRow
          key={start}
          start={start}
          bytes={bytes.subarray(start, start + columns)}
          columns={columns}
          lit={lit}
        />
      ))}
    </div>
  );
}

interface HexRowProps {
  start: number;
  bytes: Uint8Array;
  columns: number;
  lit: ByteRange | undefined;
}

function HexRow({ start, bytes, columns, lit }: HexRowProps) {
  const isLit = (offset: number): true | undefined =>
    (lit !== undefined && offset >= lit.start && offset < lit.end) || undefined;
  return (
    <div className="hex-row">
      <span className="hex-offset">{start.toString(16).padStart(4, '0')}</span>
      <span className="hex-bytes" style={{ gridTemplateColumns: `repeat(${String(columns)}, 1fr)` }}>
        {[...bytes].map((byte, index) => (
          <span key={index} data-offset={start + index} data-lit={isLit(start + index)}>
            {hexByte(byte)}
          </span>
        ))}
      </span>
      <span className="hex-text" aria-hidden="true">
        {[...bytes].map((byte, index) => (
          <span key={index} data-offset={start + index} data-lit={isLit(start + index)}>
            {printable(byte)}
          </span>
        ))}
      </span>
    </div>
  );
}
