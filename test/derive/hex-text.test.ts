import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hexText, parseHexText } from '../../src/derive/hex-text.ts';

const messageOf = (text: string, maxBytes = 100): string => {
  const parsed = parseHexText(text, maxBytes);
  return parsed.ok ? `read ${hexText(parsed.value)}` : parsed.message;
};

describe('parseHexText', () => {
  it.each([
    '81 05 48',
    '810548',
    '0x81, 0x05, 0x48',
    String.raw`\x81\x05\x48`,
    '81:05:48',
    ' 81\n05\t48 ',
    '81_05-48',
  ])('reads %j', (text) => {
    expect(messageOf(text)).toBe('read 81 05 48');
  });

  it('reads nothing as no bytes', () => {
    expect(messageOf(' \n')).toBe('read ');
  });

  it('names the sign that is no digit, its place, and what is expected', () => {
    expect(messageOf('81 0g')).toBe('“g” at character 5 is not a hex digit: use 0 to 9 and a to f.');
    expect(messageOf('0x81 0x0g')).toContain('“g” at character 9');
    expect(messageOf('81 🙂')).toContain('“🙂” at character 4');
    expect(messageOf('0x')).toContain('“x” at character 2');
  });

  it('says that half a byte is missing', () => {
    expect(messageOf('81 0')).toMatch(/^3 digits .* Write a leading 0\.$/);
  });

  it('refuses more than fits, and says how much does', () => {
    expect(messageOf('00'.repeat(101))).toBe('101 bytes are more than fit here: at most 100 bytes.');
    expect(messageOf('00'.repeat(100))).toMatch(/^read/);
    expect(messageOf('\\x00\n'.repeat(100))).toMatch(/^read/);
    expect(messageOf('z'.repeat(1_000_000))).toBe(
      '1,000,000 characters are more than fit here: at most 100 bytes.',
    );
  });

  it('reads what hexText writes, and never throws at any text', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(parseHexText(hexText(bytes), 1000)).toEqual({ ok: true, value: bytes });
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseHexText(text, 10)).toHaveProperty('ok');
      }),
    );
  });
});
