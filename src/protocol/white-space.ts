const isBlank = (character: string | undefined): boolean => character === ' ' || character === '\t';

/** A text without the spaces and tabs at both its ends: HTTP's optional white space, and nothing more (RFC 9110 §5.6.3). */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (end > start && isBlank(text[end - 1])) end--;
  while (start < end && isBlank(text[start])) start++;
  return text.slice(start, end);
}
