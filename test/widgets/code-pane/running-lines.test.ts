import { describe, expect, it } from 'vitest';
import { lineOf, statementAt } from '../../../src/derive/source-lines.ts';
import { sourceLines } from '../../../src/widgets/code-pane/part-files.ts';
import { filesOfParts, placeOfAct, statementsOfParts } from '../../../src/widgets/code-pane/running-lines.ts';

describe('The lines that run', () => {
  it.each(Object.entries(placeOfAct))('has one line that acts at: %s', (_, { file, piece }) => {
    expect(lineOf(sourceLines[file], piece)).toBeGreaterThanOrEqual(0);
  });

  it.each(statementsOfParts)('knows which statement is of $part: $piece', ({ file, piece }) => {
    const range = statementAt(sourceLines[file], piece);
    expect((range?.to ?? 0) - (range?.from ?? 0)).toBeGreaterThan(0);
  });

  it('lights no line of a file that it does not show', () => {
    const files = new Set(filesOfParts.map(({ file }) => file));
    expect(Object.values(placeOfAct).filter(({ file }) => !files.has(file))).toEqual([]);
  });
});
