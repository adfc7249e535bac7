/** How the bytes of a head are written for the eye. */
export interface ByteTextOptions {
  /** Shows CR, LF, spaces and tabs as signs. */
  invisible: boolean;
}

/** CR and LF as most languages write them: the control pictures of Unicode are in few fonts, and in none of ours. */
const signs = new Map([
  [0x0d, '\\r'],
  [0x0a, '\\n'],
  [0x20, '·'],
  [0x09, '→'],
]);

/** Bytes as text, one character a byte (heads are ASCII); what cannot be printed is written `\x1f`. */
export function byteText(bytes: Uint8Array, { invisible }: ByteTextOptions): string {
  let text = '';
  for (const byte of bytes) {
    const sign = invisible ? signs.get(byte) : undefined;
    if (sign !== undefined) text += sign;
    else if (byte === 0x0d || byte === 0x0a) continue;
    else if (byte === 0x09 || (byte >= 0x20 && byte < 0x7f)) text += String.fromCharCode(byte);
    else text += `\\x${hexByte(byte)}`;
  }
  return text;
}

/** Two hexadecimal digits. */
export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0');

/** What the text column of a hex view shows of a byte. */
export const printable = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
