/** The longest code of DEFLATE, in bits (RFC 1951 §3.2.7). */
const maxCodeBits = 15;
/** Codes up to this length are found in one step. */
const fastBits = 9;

/** A code that DEFLATE's blocks are written in (RFC 1951 §3.2.2). */
export interface HuffmanCode {
  /** By the next `fastBits` bits: symbol × 16 + length of its code; 0 where the code is longer, or none. */
  fast: Uint16Array;
  /** How many codes there are of each length. */
  counts: Uint16Array;
  /** The symbols in the order of their codes. */
  symbols: Uint16Array;
}

/** Where the bits of a code come from. */
export interface BitSource {
  /** The next `count` bits without taking them; zeros where the data ends. */
  peek(count: number): number;
  /** Takes bits that were looked at. */
  skip(count: number): void;
}

/**
 * Makes a code from the lengths of its symbols' codes (RFC 1951 §3.2.2). Answers `undefined` where they make none: too
 * many codes, or, where `mayBeSingle` does not allow the one exception, too few.
 */
export function makeHuffmanCode(lengths: Uint8Array, mayBeSingle: boolean): HuffmanCode | undefined {
  const counts = new Uint16Array(maxCodeBits + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  counts[0] = 0;
  let left = 1;
  for (let bits = 1; bits <= maxCodeBits; bits++) {
    left = left * 2 - (counts[bits] ?? 0);
    if (left < 0) return undefined;
  }
  const longest = counts.findLastIndex((count) => count > 0);
  // §3.2.7: one distance code alone is one bit long, and a block of literals has none at all.
  if (left > 0 && !(mayBeSingle && longest <= 1)) return undefined;
  return { counts, symbols: sortSymbols(lengths, counts), fast: makeFastTable(lengths, counts) };
}

function sortSymbols(lengths: Uint8Array, counts: Uint16Array): Uint16Array {
  const next = new Uint16Array(maxCodeBits + 2);
  for (let bits = 1; bits <= maxCodeBits; bits++) next[bits + 1] = (next[bits] ?? 0) + (counts[bits] ?? 0);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = next[length] ?? 0;
    symbols[at] = symbol;
    next[length] = at + 1;
  }
  return symbols;
}

function makeFastTable(lengths: Uint8Array, counts: Uint16Array): Uint16Array {
  const fast = new Uint16Array(1 << fastBits);
  const nextCode = new Uint16Array(maxCodeBits + 2);
  for (let bits = 1; bits <= maxCodeBits; bits++) {
    nextCode[bits + 1] = ((nextCode[bits] ?? 0) + (counts[bits] ?? 0)) << 1;
  }
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const code = nextCode[length] ?? 0;
    nextCode[length] = code + 1;
    if (length > fastBits) continue;
    // Codes come with their first bit first, numbers with their lowest: the table is by reversed codes.
    for (let at = reversed(code, length); at < fast.length; at += 1 << length)
      fast[at] = symbol * 16 + length;
  }
  return fast;
}

function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

/** Reads the next symbol; `undefined` where the bits are no code. */
export function readSymbol({ fast, counts, symbols }: HuffmanCode, source: BitSource): number | undefined {
  const entry = fast[source.peek(fastBits)] ?? 0;
  if (entry !== 0) {
    source.skip(entry & 15);
    return entry >> 4;
  }
  const bits = source.peek(maxCodeBits);
  let code = 0;
  let first = 0;
  let index = 0;
  for (let length = 1; length <= maxCodeBits; length++) {
    code |= (bits >> (length - 1)) & 1;
    const count = counts[length] ?? 0;
    if (code - count < first) {
      source.skip(length);
      return symbols[index + (code - first)];
    }
    index += count;
    first = (first + count) << 1;
    code <<= 1;
  }
  return undefined;
}
