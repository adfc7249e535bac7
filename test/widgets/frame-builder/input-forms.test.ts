import { describe, expect, it } from 'vitest';
import type { Parsed } from '../../../src/contract/result.ts';
import {
  editableText,
  parseCloseCode,
  parseFrameHex,
  parseKey,
  parseLength,
  parseText,
} from '../../../src/widgets/frame-builder/input-forms.ts';
import { hex } from '../../protocol/hex.ts';

const read = <T>(parsed: Parsed<T>): T | string => (parsed.ok ? parsed.value : parsed.message);

describe('the inputs of the frame builder', () => {
  it('take a masking-key of 4 bytes and no other', () => {
    expect(read(parseKey('37fa213d'))).toEqual(hex('37 fa 21 3d'));
    expect(read(parseKey('37fa21'))).toBe('A masking-key has 4 bytes, this has 3. Write 8 hex digits.');
    expect(read(parseKey('zz'))).toContain('is not a hex digit');
  });

  it('take a length of up to 64 bits, or none', () => {
    expect(read(parseLength(''))).toBeUndefined();
    expect(read(parseLength('65,536'))).toBe(65_536n);
    expect(read(parseLength('0x8000000000000000'))).toBe(2n ** 63n);
    expect(read(parseLength('18446744073709551615'))).toBe(2n ** 64n - 1n);
    for (const wrong of ['-1', '18446744073709551616', '1.5', 'ten', '9'.repeat(1_000_000)]) {
      expect(read(parseLength(wrong))).toMatch(/is not a length: write a whole number/);
    }
  });

  it('take any close code of two bytes, and none only where no reason stands behind it', () => {
    expect(read(parseCloseCode('1005', false))).toBe(1005);
    expect(read(parseCloseCode('65535', true))).toBe(65_535);
    expect(read(parseCloseCode(' ', false))).toBeUndefined();
    expect(read(parseCloseCode('', true))).toContain('clear the reason first');
    expect(read(parseCloseCode('65536', false))).toContain('a number from 0 to 65535');
    expect(read(parseCloseCode('1e3', false))).toContain('is not a close code');
  });

  it('take hex up to the bound of a frame', () => {
    expect(read(parseFrameHex('00'.repeat(65_550)))).toHaveLength(65_550);
    expect(read(parseFrameHex('00'.repeat(65_551)))).toBe(
      '65,551 bytes are more than fit here: at most 65,550 bytes.',
    );
  });

  it('offer as text only what comes back the same from a text area', () => {
    expect(editableText(new TextEncoder().encode('é\n\t€'))).toBe('é\n\t€');
    expect(editableText(hex(''))).toBe('');
    for (const lossy of ['ff', 'c3', '0d 0a', '00', '7f']) expect(editableText(hex(lossy))).toBeUndefined();
    expect(read(parseText('é'))).toEqual(hex('c3 a9'));
  });
});
