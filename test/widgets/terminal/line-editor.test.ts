import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyLine,
  maxLineLength,
  pressKey,
  readKeys,
  type LineEffect,
  type LineState,
} from '../../../src/widgets/terminal/line-editor.ts';

const up = '\u001b[A';
const down = '\u001b[B';
const left = '\u001b[D';
const right = '\u001b[C';
const wordLeft = '\u001b[1;5D';

/** Types keys; answers the line, with `|` for the cursor, and the effects. */
function type(
  keys: readonly string[],
  from: LineState = emptyLine,
): { shown: string; effects: LineEffect[]; line: LineState } {
  let line = from;
  const effects: LineEffect[] = [];
  for (const key of keys.flatMap(readKeys)) {
    const edited = pressKey(line, key);
    line = edited.line;
    if (edited.effect) effects.push(edited.effect);
  }
  return { shown: `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`, effects, line };
}

describe('The line editor', () => {
  it.each<[string, string[], string]>([
    ['puts text in at the cursor', ['ac', left, 'b'], 'ab|c'],
    ['removes before the cursor', ['abc', '\u007f'], 'ab|'],
    ['removes behind the cursor', ['abc', left, left, '\u001b[3~'], 'a|c'],
    ['goes to the beginning and the end', ['abc', '\u0001', 'x', '\u0005', 'y'], 'xabcy|'],
    ['removes all before the cursor', ['abc def', left, '\u0015'], '|f'],
    ['removes all behind the cursor', ['abc', '\u0001', right, '\u000b'], 'a|'],
    ['removes a word', ['send hello world', '\u0017'], 'send hello |'],
    ['goes by words', ['send hello world', wordLeft, wordLeft, 'x'], 'send x|hello world'],
    ['counts characters as a reader does', ['a👩‍👩‍👧é', left, left, 'x'], 'ax|👩‍👩‍👧é'],
    ['passes over keys that mean nothing', ['a', '\u0002', '\u001b[5~', 'b'], 'ab|'],
  ])('%s', (_, keys, shown) => {
    expect(type(keys).shown).toBe(shown);
  });

  it('hands over a line, and remembers it once', () => {
    const { effects, line } = type(['lab\r', 'lab\r', '  \r', 'help\r']);
    expect(effects).toEqual(['lab', 'lab', '  ', 'help'].map((text) => ({ kind: 'submit', line: text })));
    expect(line.history).toEqual(['lab', 'help']);
  });

  it('walks the history and keeps what was begun', () => {
    const { line } = type(['one\r', 'two\r', 'dra', up, up]);
    expect(line.text).toBe('one');
    expect(type([down], line).line.text).toBe('two');
    expect(type([down, down], line).shown).toBe('dra|');
    expect(type([up, up, up, up], line).line.text).toBe('one');
  });

  it('takes a paste of several lines as several lines, whatever ends them', () => {
    expect(type(['one\r\ntwo\nthree\rfo']).effects).toHaveLength(3);
    expect(type(['one\r\ntwo\nthree\rfo']).shown).toBe('fo|');
  });

  it('gives up a line at Ctrl-C, and keeps the history', () => {
    const { effects, shown, line } = type(['one\r', 'half', '\u0003']);
    expect(effects.at(-1)).toEqual({ kind: 'interrupt' });
    expect(shown).toBe('|');
    expect(line.history).toEqual(['one']);
  });

  it('holds no more than its bound', () => {
    expect(type(['x'.repeat(maxLineLength + 10)]).line.text).toHaveLength(maxLineLength);
  });

  it('keeps its cursor between two characters, whatever is typed', () => {
    const key = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 3 }),
      fc.constantFrom(
        up,
        down,
        left,
        right,
        wordLeft,
        '\r',
        '\t',
        '\u0003',
        '\u0004',
        '\u0015',
        '\u0017',
        '\u007f',
      ),
    );
    fc.assert(
      fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
        const { line } = type(keys);
        expect(line.cursor).toBeGreaterThanOrEqual(0);
        expect(line.cursor).toBeLessThanOrEqual(line.text.length);
      }),
    );
  });
});
