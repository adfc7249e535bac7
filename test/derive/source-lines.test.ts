import { describe, expect, it } from 'vitest';
import { lineOf, statementAt } from '../../src/derive/source-lines.ts';

const source = `function one() {
  if (a) {
    b();

    c();
  }
  d();
}
function two() {
  d();
}`.split('\n');

describe('Lines of a source', () => {
  it('are found by a piece of code that stands there once', () => {
    expect(lineOf(source, 'b();')).toBe(2);
    expect(lineOf(source, 'nothing')).toBeUndefined();
    expect(lineOf(source, 'd();')).toBeUndefined();
  });

  it('form a statement up to the brace that closes it', () => {
    expect(statementAt(source, 'if (a)')).toEqual({ from: 1, to: 5 });
    expect(statementAt(source, 'function one')).toEqual({ from: 0, to: 7 });
    expect(statementAt(source, 'c();')).toEqual({ from: 4, to: 4 });
    expect(statementAt(['if (x) {', '  y();'], 'if (x)')).toBeUndefined();
  });
});
