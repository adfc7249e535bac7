import type { AnatomyField } from './frame-anatomy.ts';

/** A field, or the part of it that stands in one row of the drawing. */
export interface BitCell {
  field: AnatomyField;
  /** Where it begins in its row, in bits. */
  column: number;
  /** How many bits of the row it takes. */
  width: number;
  /** It is the first part of its field, and the last. */
  begins: boolean;
  ends: boolean;
}

/** Rows of payload data that are drawn; the rest is said in words. */
const payloadRows = 1;

/** The fields of a frame in rows of so many bits, as RFC 6455 §5.2 draws them. Of the payload data one row is drawn. */
export function bitRows(fields: readonly AnatomyField[], bitsPerRow: 16 | 32): BitCell[][] {
  const rows: BitCell[][] = [];
  for (const field of fields) {
    const end = field.startBit + field.bitLength;
    let last = end;
    if (field.id === 'payload') {
      const firstRow = Math.floor(field.startBit / bitsPerRow);
      last = Math.min(end, (firstRow + payloadRows) * bitsPerRow);
    }
    for (let bit = field.startBit; bit < last;) {
      const row = Math.floor(bit / bitsPerRow);
      const stop = Math.min(last, (row + 1) * bitsPerRow);
      const cells = (rows[row] ??= []);
      cells.push({
        field,
        column: bit % bitsPerRow,
        width: stop - bit,
        begins: bit === field.startBit,
        ends: stop === end,
      });
      bit = stop;
    }
  }
  return rows;
}
