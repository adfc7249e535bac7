/** Lines of a source, the first one 0. */
export interface LineRange {
  from: number;
  /** The last one. */
  to: number;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** The one line that holds a piece of code; `undefined` where none or several do, so that nothing wrong is lit. */
export function lineOf(lines: readonly string[], piece: string): number | undefined {
  const first = lines.findIndex((line) => line.includes(piece));
  const isOnly = first === lines.findLastIndex((line) => line.includes(piece));
  return first !== -1 && isOnly ? first : undefined;
}

/**
 * The statement that begins in the line of a piece of code: that line, and where it opens a block, all up to the line
 * that closes it, by their indentation.
 */
export function statementAt(lines: readonly string[], piece: string): LineRange | undefined {
  const from = lineOf(lines, piece);
  if (from === undefined) return undefined;
  const opening = lines[from] ?? '';
  if (!opening.trimEnd().endsWith('{')) return { from, to: from };
  const depth = indentOf(opening);
  const length = lines
    .slice(from + 1)
    .findIndex((line) => line.trim() !== '' && indentOf(line) === depth && line.trim().startsWith('}'));
  return length === -1 ? undefined : { from, to: from + 1 + length };
}
