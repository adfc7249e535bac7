import { describe, expect, it } from 'vitest';
import { latin1, visibleText } from '../../src/protocol/visible-text.ts';

describe('visibleText', () => {
  it('spells out what cannot be seen, and leaves what can', () => {
    expect(visibleText('a\r\n\t\0\x1b\x7f\xa0é€😀')).toBe('a\\r\\n\\t\\0\\x1b\\x7f\\xa0é€😀');
  });

  it('cuts what is long, and says so', () => {
    expect(visibleText('abcdef', 3)).toBe('abc…');
    expect(visibleText('abc', 3)).toBe('abc');
  });

  it('never cuts a character into halves', () => {
    expect(visibleText('😀😀', 1)).toBe('😀…');
  });
});

describe('latin1', () => {
  it('makes each byte one character, of runs longer than a call takes arguments too', () => {
    const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index);
    expect(latin1(bytes)).toBe(Buffer.from(bytes).toString('latin1'));
    expect(latin1(bytes, 250, 260)).toBe(Buffer.from(bytes.subarray(250, 260)).toString('latin1'));
  });
});
