/** A run of bytes: from `start` up to, not including, `end`. Offsets count from the first byte that the reader was given. */
export interface ByteRange {
  start: number;
  end: number;
}
