import type { ByteRange } from './byte-range.ts';

/**
 * Judges a stream of bytes as UTF-8 while it comes (RFC 3629 §4): a character may be split anywhere, as the fragments
 * of a message split it (RFC 6455 §5.6). Remembers the first place where it is broken.
 */
export class Utf8Validator {
  /** Bytes that were taken, up to the first invalid one. */
  #offset = 0;
  /** Where the character under way begins. */
  #characterStart = 0;
  /** How many bytes of it are still to come. */
  #needed = 0;
  /** What the next one may be. */
  #low = 0x80;
  #high = 0xbf;
  #invalid: ByteRange | undefined;

  /** The bytes that cannot be UTF-8, counted from the first one pushed: what was begun, and the byte that broke it. */
  get invalid(): ByteRange | undefined {
    return this.#invalid;
  }

  /** Whether all that came is whole characters. */
  get isComplete(): boolean {
    return this.#invalid === undefined && this.#needed === 0;
  }

  /** Takes the next bytes. Answers whether the stream may still become valid. */
  push(bytes: Uint8Array): boolean {
    if (this.#invalid) return false;
    let at = 0;
    while (at < bytes.length) {
      if (this.#needed === 0) {
        const end = asciiEnd(bytes, at);
        this.#offset += end - at;
        at = end;
        if (at === bytes.length) break;
      }
      if (!this.#take(bytes[at] ?? 0)) return false;
      at++;
    }
    return true;
  }

  /** The stream has ended: a character that is not finished is invalid too. Answers what is invalid, if anything. */
  end(): ByteRange | undefined {
    if (this.#needed > 0) this.#invalid ??= { start: this.#characterStart, end: this.#offset };
    this.#needed = 0;
    return this.#invalid;
  }

  /** Takes a byte that is not a character of its own. */
  #take(byte: number): boolean {
    const isFirst = this.#needed === 0;
    if (isFirst) this.#characterStart = this.#offset;
    const isValid = isFirst ? this.#begin(byte) : byte >= this.#low && byte <= this.#high;
    this.#offset++;
    if (!isValid) {
      this.#invalid = { start: this.#characterStart, end: this.#offset };
      this.#needed = 0;
      return false;
    }
    if (!isFirst) {
      this.#needed--;
      this.#low = 0x80;
      this.#high = 0xbf;
    }
    return true;
  }

  /** §4: what a first byte asks of those that follow. C0, C1 and F5-FF begin nothing, nor do 80-BF. */
  #begin(byte: number): boolean {
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    this.#low = byte === 0xe0 ? 0xa0 : byte === 0xf0 ? 0x90 : 0x80;
    this.#high = byte === 0xed ? 0x9f : byte === 0xf4 ? 0x8f : 0xbf;
    return true;
  }
}

/** Where the run of ASCII that begins at `from` ends. Most text is ASCII, in long runs: those are read word by word. */
function asciiEnd(bytes: Uint8Array, from: number): number {
  const end = bytes.length;
  const nearEnd = Math.min(end, from + 16);
  let at = from;
  while (at < nearEnd || (at < end && ((bytes.byteOffset + at) & 3) !== 0)) {
    if ((bytes[at] ?? 0) >= 0x80) return at;
    at++;
  }
  if (at === end) return end;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
  let word = 0;
  for (; word + 4 <= words.length; word += 4) {
    const bits =
      (words[word] ?? 0) | (words[word + 1] ?? 0) | (words[word + 2] ?? 0) | (words[word + 3] ?? 0);
    if ((bits & 0x80808080) !== 0) break;
  }
  at += word << 2;
  while (at < end && (bytes[at] ?? 0) < 0x80) at++;
  return at;
}
