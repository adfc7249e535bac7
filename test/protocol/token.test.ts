import { describe, expect, it } from 'vitest';
import { isToken } from '../../src/protocol/token.ts';

describe('isToken', () => {
  it('knows the 77 characters of a token, and no other of the first 256 (RFC 9110 §5.6.2)', () => {
    const characters = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).filter(isToken);
    expect(characters.join('')).toBe(
      "!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~",
    );
  });

  it('wants at least one character, and no line end behind it', () => {
    expect(isToken('')).toBe(false);
    expect(isToken('chat\n')).toBe(false);
    expect(isToken('v2.chat')).toBe(true);
  });
});
