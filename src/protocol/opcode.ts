/** Frame opcodes (RFC 6455 §5.2, §11.8). 0x3-0x7 and 0xB-0xF are reserved. */
export const Opcode = {
  continuation: 0x0,
  text: 0x1,
  binary: 0x2,
  close: 0x8,
  ping: 0x9,
  pong: 0xa,
} as const;
export type Opcode = (typeof Opcode)[keyof typeof Opcode];

/** Control frames are those whose opcode has the high bit set (§5.5). */
export const isControl = (opcode: number): boolean => (opcode & 0x8) !== 0;

/** Opcodes that no standard defines yet: 0x3-0x7 for data, 0xB-0xF for control (§5.2). */
export const isReserved = (opcode: number): boolean =>
  (opcode > Opcode.binary && opcode < Opcode.close) || opcode > Opcode.pong;
