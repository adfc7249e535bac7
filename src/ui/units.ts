/** A time in words: under a second in ms with one decimal, else in seconds. */
export const formatMs = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds.toFixed(1)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** A count of bytes in words. */
export const formatBytes = (bytes: number): string =>
  bytes === 1 ? '1 byte' : `${bytes.toLocaleString('en')} bytes`;
