import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../../src/protocol/decode-frame.ts';
import { frameLine, lineOf, partsOf } from '../../../src/widgets/frame-builder/describe-bytes.ts';
import { hex } from '../../protocol/hex.ts';

describe('the line of a frame', () => {
  it('leaves out the rules that it breaks', () => {
    const [frame] = new FrameDecoder({ from: 'client' }).push(hex('81 05 48 65 6c 6c 6f'));
    expect(frame && frameLine(frame)).toBe("TEXT 'Hello' [5 bytes]");
  });

  it('says what bytes are that are no whole frame', () => {
    expect(lineOf(hex('81 85 37 fa 21 3d 7f 9f 4d 51 58'))).toBe("TEXT 'Hello' [5 bytes]");
    expect(lineOf(hex('81'))).toBe('1 byte: no header yet');
    expect(lineOf(hex(''))).toBe('0 bytes: no header yet');
    expect(lineOf(hex('81 05 48'))).toBe('3 bytes of a longer frame');
  });

  it('parts bytes only where they are more than one frame', () => {
    expect(partsOf(hex('89 00'))).toEqual([]);
    expect(partsOf(hex('89 00 8a 00'))).toHaveLength(2);
  });
});
