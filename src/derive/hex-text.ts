import { accepted, refused, type Parsed } from '../contract/result.ts';

/** Bytes as hex digits, two a byte, with spaces between. */
export const hexText = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/**
 * Reads bytes from hex digits as people write them: `81 05`, `8105`, `0x81, 0x05`, `\x81\x05`, `81:05`, over several
 * lines. Refuses anything else with a sentence that names the place and what to do.
 */
export function parseHexText(text: string, maxBytes: number): Parsed<Uint8Array> {
  // However it is written, a byte takes a few characters; what is far longer costs time to look at.
  if (text.length > 8 * maxBytes + 64)
    return tooMany(`${text.length.toLocaleString('en')} characters`, maxBytes);
  // A prefix is only one where a digit follows: `0x` alone is no byte.
  const plain = text.replaceAll(/(?:\\x|\b0x)(?=[0-9a-f])/gi, '  ');
  const wrong = /[^0-9a-f\s,:;_-]/i.exec(plain);
  if (wrong) {
    const at = `at character ${String(wrong.index + 1)}`;
    return refused('hex', `“${signAt(text, wrong.index)}” ${at} is not a hex digit: use 0 to 9 and a to f.`);
  }
  const digits = plain.replaceAll(/[\s,:;_-]/g, '');
  if (digits.length % 2 === 1) {
    return refused(
      'hex',
      `${String(digits.length)} digits are half a byte too many: a byte is two of them. Write a leading 0.`,
    );
  }
  const byteCount = digits.length / 2;
  if (byteCount > maxBytes) return tooMany(`${byteCount.toLocaleString('en')} bytes`, maxBytes);
  const bytes = new Uint8Array(byteCount);
  for (let index = 0; index < byteCount; index++) {
    bytes[index] = Number.parseInt(digits.slice(2 * index, 2 * index + 2), 16);
  }
  return accepted(bytes);
}

const tooMany = (what: string, maxBytes: number) =>
  refused('hex', `${what} are more than fit here: at most ${maxBytes.toLocaleString('en')} bytes.`);

/** The whole character that stands there, even where it takes two units. */
const signAt = (text: string, index: number): string =>
  String.fromCodePoint(text.codePointAt(index) ?? 0xfffd);
