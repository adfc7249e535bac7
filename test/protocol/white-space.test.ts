import { describe, expect, it } from 'vitest';
import { trimBlanks } from '../../src/protocol/white-space.ts';

describe('trimBlanks', () => {
  it('takes spaces and tabs off both ends, and nothing else that JavaScript calls white space (RFC 9110 §5.6.3)', () => {
    expect(trimBlanks(' \t a \t b\t ')).toBe('a \t b');
    expect(trimBlanks('\u00a0a\r\n')).toBe('\u00a0a\r\n');
    expect(trimBlanks(' \t ')).toBe('');
  });
});
