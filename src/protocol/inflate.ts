import { makeHuffmanCode, readSymbol, type BitSource, type HuffmanCode } from './huffman.ts';

/** What came of inflating a run of DEFLATE data. */
export interface Inflated {
  bytes: Uint8Array;
  /** `cut short`: there is more than the bound lets through. `broken`: the data is no DEFLATE. */
  outcome: 'whole' | 'cut short' | 'broken';
  /** Where it broke, in the data; its length where the data ended too early. */
  brokenAt?: number;
  /** How it broke, in a few words. */
  found?: string;
}

export interface InflateOptions {
  /** What the data may refer back to: what came before it. At most `windowBytes` of its end count. */
  dictionary: Uint8Array;
  /** How far back the data may refer, in bytes. */
  windowBytes: number;
  /** How much is inflated at most, in bytes. */
  maxBytes: number;
}

/**
 * Inflates DEFLATE data that ends at the end of a block (RFC 1951), as `permessage-deflate` uses it: a final block ends
 * nothing, the data does. It is our own because the packages that need neither the DOM nor Node do not stop at a bound
 * within a call, and do not judge how far back the data refers. Never throws.
 */
export function inflate(data: Uint8Array, options: InflateOptions): Inflated {
  const inflation = new Inflation(data, options);
  try {
    inflation.run();
    return { bytes: inflation.output, outcome: 'whole' };
  } catch (reason) {
    if (reason === boundReached) return { bytes: inflation.output, outcome: 'cut short' };
    if (!(reason instanceof Broken)) throw reason;
    return { bytes: inflation.output, outcome: 'broken', brokenAt: reason.at, found: reason.message };
  }
}

/** Thrown and caught inside this file only. */
class Broken extends Error {
  readonly at: number;
  constructor(at: number, found: string) {
    super(found);
    this.name = 'Broken';
    this.at = at;
  }
}
const boundReached = new Error('the bound is reached');

/** RFC 1951 §3.2.5: what the symbols 257 to 285 mean, and how many more bits tell which length it is. */
const lengthBase = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195,
  227, 258,
];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
/** The same for the 30 distance symbols. */
const distanceBase = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097,
  6145, 8193, 12289, 16385, 24577,
];
const distanceBits = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** §3.2.7: the order in which the lengths of the code length code stand. */
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

const endOfBlock = 256;

interface BlockCodes {
  literals: HuffmanCode;
  distances: HuffmanCode;
}

/** §3.2.6: the codes that both sides know beforehand. Made when first used. */
let fixedCodes: BlockCodes | undefined;

function makeFixedCodes(): BlockCodes {
  const literals = Uint8Array.from({ length: 288 }, (_, symbol) =>
    symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8,
  );
  const codes = {
    literals: makeHuffmanCode(literals, false),
    distances: makeHuffmanCode(new Uint8Array(32).fill(5), false),
  };
  if (!codes.literals || !codes.distances) throw new Error('the fixed codes of RFC 1951 are complete');
  return { literals: codes.literals, distances: codes.distances };
}

/** One run through the data. */
class Inflation implements BitSource {
  readonly #data: Uint8Array;
  readonly #windowBytes: number;
  readonly #maxBytes: number;
  /** Bytes that were taken into `#bits`. */
  #at = 0;
  #bits = 0;
  #bitCount = 0;
  /** The dictionary, and behind it what was inflated. */
  #out: Uint8Array;
  readonly #dictionaryLength: number;
  #outLength: number;

  constructor(data: Uint8Array, { dictionary, windowBytes, maxBytes }: InflateOptions) {
    this.#data = data;
    this.#windowBytes = windowBytes;
    this.#maxBytes = maxBytes;
    const window = dictionary.subarray(Math.max(0, dictionary.length - windowBytes));
    this.#dictionaryLength = window.length;
    this.#out = new Uint8Array(window.length + Math.min(maxBytes, Math.max(256, data.length * 4)));
    this.#out.set(window);
    this.#outLength = window.length;
  }

  get output(): Uint8Array {
    return this.#out.slice(this.#dictionaryLength, this.#outLength);
  }

  run(): void {
    while (!this.#isAtEnd()) {
      const isFinal = this.#take(1) === 1;
      const type = this.#take(2);
      if (type === 0) this.#copyStored();
      else if (type === 1) this.#inflateBlock((fixedCodes ??= makeFixedCodes()));
      else if (type === 2) this.#inflateBlock(this.#readCodes());
      else throw this.#broken('a block of the reserved type 3');
      // RFC 7692 §7.2.3.4: a final block ends at the end of its byte, and the message goes on.
      if (isFinal) this.#alignToByte();
    }
  }

  peek(count: number): number {
    while (this.#bitCount < count) {
      if (this.#at < this.#data.length) this.#bits |= (this.#data[this.#at] ?? 0) << this.#bitCount;
      this.#at++;
      this.#bitCount += 8;
    }
    return this.#bits & ((1 << count) - 1);
  }

  skip(count: number): void {
    this.#bits >>>= count;
    this.#bitCount -= count;
    if (this.#at * 8 - this.#bitCount > this.#data.length * 8) {
      throw new Broken(this.#data.length, 'data that ends amid a block');
    }
  }

  #take(count: number): number {
    const bits = this.peek(count);
    this.skip(count);
    return bits;
  }

  /** Whether the last bit was taken. */
  #isAtEnd(): boolean {
    return this.#at * 8 - this.#bitCount === this.#data.length * 8;
  }

  #alignToByte(): void {
    this.skip(this.#bitCount & 7);
  }

  #broken(found: string): Broken {
    const at = Math.min(this.#data.length, Math.max(0, this.#at - ((this.#bitCount + 7) >> 3)));
    return new Broken(at, found);
  }

  /** §3.2.4: a block without compression. */
  #copyStored(): void {
    this.#alignToByte();
    const length = this.#take(16);
    if ((this.#take(16) ^ 0xffff) !== length) throw this.#broken('a stored block whose two lengths differ');
    // Whole bytes that were looked at go back.
    const start = this.#at - (this.#bitCount >> 3);
    this.#bits = 0;
    this.#bitCount = 0;
    this.#at = start + length;
    if (this.#at > this.#data.length) throw new Broken(this.#data.length, 'data that ends amid a block');
    this.#append(this.#data.subarray(start, start + length));
  }

  /** §3.2.5: literals and references, up to the end of the block. */
  #inflateBlock({ literals, distances }: BlockCodes): void {
    for (;;) {
      const symbol = readSymbol(literals, this);
      if (symbol === undefined) throw this.#broken('bits that are no code');
      if (symbol === endOfBlock) return;
      if (symbol < endOfBlock) {
        this.#makeRoom(1);
        this.#out[this.#outLength++] = symbol;
      } else {
        this.#copyReference(symbol, distances);
      }
    }
  }

  #copyReference(lengthSymbol: number, distances: HuffmanCode): void {
    const base = lengthBase[lengthSymbol - 257];
    if (base === undefined) throw this.#broken('a length symbol that has no meaning');
    const length = base + this.#take(lengthBits[lengthSymbol - 257] ?? 0);
    const distanceSymbol = readSymbol(distances, this);
    const distanceStart = distanceSymbol === undefined ? undefined : distanceBase[distanceSymbol];
    if (distanceSymbol === undefined || distanceStart === undefined) {
      throw this.#broken('a distance symbol that has no meaning');
    }
    const distance = distanceStart + this.#take(distanceBits[distanceSymbol] ?? 0);
    if (distance > this.#outLength) throw this.#broken('a reference to before the beginning');
    if (distance > this.#windowBytes) throw this.#broken('a reference beyond the agreed window');
    this.#makeRoom(length);
    // The copy may overlap with what it copies (§3.2.3): byte by byte, on purpose.
    for (let left = length; left > 0; left--) {
      this.#out[this.#outLength] = this.#out[this.#outLength - distance] ?? 0;
      this.#outLength++;
    }
  }

  /** §3.2.7: the codes that a block brings along. */
  #readCodes(): BlockCodes {
    const literalCount = this.#take(5) + 257;
    const distanceCount = this.#take(5) + 1;
    const codeLengthCount = this.#take(4) + 4;
    if (literalCount > 286 || distanceCount > 30) throw this.#broken('more symbols than there are');
    const codeLengths = new Uint8Array(19);
    for (const symbol of codeLengthOrder.slice(0, codeLengthCount)) codeLengths[symbol] = this.#take(3);
    const codeLengthCode = makeHuffmanCode(codeLengths, false);
    if (!codeLengthCode) throw this.#broken('code lengths that make no code');
    const lengths = this.#readCodeLengths(codeLengthCode, literalCount + distanceCount);
    const literals = makeHuffmanCode(lengths.subarray(0, literalCount), true);
    const distances = makeHuffmanCode(lengths.subarray(literalCount), true);
    if (!literals || !distances || lengths[endOfBlock] === 0) {
      throw this.#broken('code lengths that make no code');
    }
    return { literals, distances };
  }

  #readCodeLengths(code: HuffmanCode, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    let at = 0;
    while (at < count) {
      const symbol = readSymbol(code, this);
      if (symbol === undefined) throw this.#broken('bits that are no code');
      if (symbol < 16) {
        lengths[at++] = symbol;
        continue;
      }
      if (symbol === 16 && at === 0) throw this.#broken('a repetition of nothing');
      const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
      const times =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (at + times > count) throw this.#broken('more code lengths than there are symbols');
      lengths.fill(value, at, at + times);
      at += times;
    }
    return lengths;
  }

  #append(bytes: Uint8Array): void {
    const room = this.#maxBytes - (this.#outLength - this.#dictionaryLength);
    const kept = bytes.subarray(0, room);
    this.#makeRoom(kept.length);
    this.#out.set(kept, this.#outLength);
    this.#outLength += kept.length;
    if (kept.length < bytes.length) throw boundReached;
  }

  /** Room for so many more bytes, which grows by doubling; the end where they go beyond the bound. */
  #makeRoom(count: number): void {
    const needed = this.#outLength + count;
    if (needed - this.#dictionaryLength > this.#maxBytes) throw boundReached;
    if (needed <= this.#out.length) return;
    const largest = this.#dictionaryLength + this.#maxBytes;
    const grown = new Uint8Array(Math.min(largest, Math.max(needed, this.#out.length * 2)));
    grown.set(this.#out.subarray(0, this.#outLength));
    this.#out = grown;
  }
}
