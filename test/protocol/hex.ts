/** Bytes of hex digits: spaces and line ends are for the eye, `a5*256` is that byte so many times. */
export function hex(digits: string): Uint8Array {
  const bytes: number[] = [];
  for (const word of digits.split(/\s+/).filter((part) => part !== '')) {
    const [byte = '', count = '1'] = word.split('*');
    const pairs = (byte.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
    for (let times = Number(count); times > 0; times--) bytes.push(...pairs);
  }
  return Uint8Array.from(bytes);
}

/** Bytes as hex digits with spaces between. */
export const toHex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** Text as its bytes; `\n` becomes CR LF, as heads are easiest to write in a test. */
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text.replaceAll('\n', '\r\n'));

/** Several runs of bytes as one. */
export const concat = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
