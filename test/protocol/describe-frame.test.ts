import { describe, expect, it } from 'vitest';
import { FrameDecoder } from '../../src/protocol/decode-frame.ts';
import { describeFrame } from '../../src/protocol/describe-frame.ts';
import { hex } from './hex.ts';

const lineOf = (bytes: string, from: 'client' | 'server' = 'server'): string =>
  new FrameDecoder({ from, maxPayloadBytes: 1000 }).push(hex(bytes)).map(describeFrame).join('\n');

describe('describeFrame', () => {
  it.each([
    ['81 05 48 65 6c 6c 6f', "TEXT 'Hello' [5 bytes]"],
    ['81 01 41', "TEXT 'A' [1 byte]"],
    ['81 00', 'TEXT [0 bytes]'],
    ['01 01 41', "TEXT 'A' [1 byte, more follows]"],
    ['81 04 f0 9f 98 80', "TEXT '😀' [4 bytes]"],
    ['81 03 41 0a 00', "TEXT 'A\\n\\0' [3 bytes]"],
    ['81 1a 61*26', "TEXT 'aaaaaaaaaaaaaaaaaaaaaaaa…' [26 bytes]"],
    ['82 03 01 02 ff', 'BINARY 01 02 ff [3 bytes]'],
    ['82 09 00*9', 'BINARY 00 00 00 00 00 00 00 00 … [9 bytes]'],
    ['89 00', 'PING [0 bytes]'],
    ['89 02 68 69', "PING 'hi' [2 bytes]"],
    ['8a 02 00 01', 'PONG 00 01 [2 bytes]'],
    ['88 00', 'CLOSE [0 bytes]'],
    ['88 02 03 e8', 'CLOSE 1000 (normal closure) [2 bytes]'],
    ['88 05 03 e8 62 79 65', "CLOSE 1000 (normal closure) 'bye' [5 bytes]"],
    ['88 02 0f a1', 'CLOSE 4001 (private use) [2 bytes]'],
    ['88 01 03', 'CLOSE 03 [1 byte] !close-body (1 byte)'],
    ['88 02 03 ed', 'CLOSE 1005 (no status received) [2 bytes] !close-code (1005)'],
    ['83 00', '0x3 [0 bytes] !reserved-opcode (opcode 0x3)'],
    ['82 7e 04 00 07*1024', 'BINARY 07 07 07 07 07 07 07 07 … [1024 bytes, 24 not kept]'],
  ])('puts %s in one line: %s', (bytes, line) => {
    expect(lineOf(bytes)).toBe(line);
  });

  it('shows a masked payload unmasked', () => {
    expect(lineOf('81 85 37 fa 21 3d 7f 9f 4d 51 58', 'client')).toBe("TEXT 'Hello' [5 bytes]");
  });
});
