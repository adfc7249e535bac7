/** Each byte as the character of the same number (ISO 8859-1): no byte is lost, and offsets stay those of the bytes. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  // A call takes a limited number of arguments.
  for (let from = start; from < end; from += 4096) {
    text += String.fromCharCode(...bytes.subarray(from, Math.min(end, from + 4096)));
  }
  return text;
}

const shortNames: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\0': '\\0' };

const escaped = (character: string): string =>
  shortNames[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Text of unknown origin made fit for a message: invisible characters spelt out, and cut after `maxLength` characters. */
export function visibleText(text: string, maxLength = 60): string {
  const isParted = /[\ud800-\udbff]/.test(text[maxLength - 1] ?? '');
  const end = isParted ? maxLength + 1 : maxLength;
  const cut = text.length > end ? `${text.slice(0, end)}…` : text;
  // eslint-disable-next-line no-control-regex -- finding control characters is the purpose
  return cut.replace(/[\x00-\x1f\x7f-\xa0]/g, escaped);
}
