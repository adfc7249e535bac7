import type { Rule } from './rule.ts';

/** Rules of frames and messages, each with the close code that breaking it calls for (RFC 6455 §5, §7, §8; RFC 7692). */
export const frameRules = {
  reservedBits: {
    id: 'reserved-bits',
    section: 'RFC 6455 §5.2',
    says: 'RSV1, RSV2 and RSV3 are 0 unless an extension that was agreed on gives them a meaning.',
    closeCode: 1002,
  },
  compressedBit: {
    id: 'compressed-bit',
    section: 'RFC 7692 §6.1',
    says: 'RSV1 marks a compressed message on its first frame only: not on its later fragments, not on a control frame.',
    closeCode: 1002,
  },
  reservedOpcode: {
    id: 'reserved-opcode',
    section: 'RFC 6455 §5.2',
    says: 'The opcode is a defined one: 0x0, 0x1, 0x2, 0x8, 0x9 or 0xA.',
    closeCode: 1002,
  },
  clientMasks: {
    id: 'client-masks',
    section: 'RFC 6455 §5.1, §5.3',
    says: 'A client masks every frame.',
    closeCode: 1002,
  },
  serverDoesNotMask: {
    id: 'server-does-not-mask',
    section: 'RFC 6455 §5.1',
    says: 'A server masks no frame.',
    closeCode: 1002,
  },
  minimalLength: {
    id: 'minimal-length',
    section: 'RFC 6455 §5.2',
    says: 'The payload length is written in the fewest bytes that hold it.',
    closeCode: 1002,
  },
  lengthTopBit: {
    id: 'length-top-bit',
    section: 'RFC 6455 §5.2',
    says: 'The top bit of a 64-bit payload length is 0.',
    closeCode: 1002,
  },
  controlNotFragmented: {
    id: 'control-not-fragmented',
    section: 'RFC 6455 §5.4, §5.5',
    says: 'A control frame is not fragmented.',
    closeCode: 1002,
  },
  controlTooLong: {
    id: 'control-too-long',
    section: 'RFC 6455 §5.5',
    says: 'A control frame carries at most 125 bytes.',
    closeCode: 1002,
  },
  loneContinuation: {
    id: 'lone-continuation',
    section: 'RFC 6455 §5.4',
    says: 'A continuation frame continues a message that a text or binary frame has begun.',
    closeCode: 1002,
  },
  interruptedMessage: {
    id: 'interrupted-message',
    section: 'RFC 6455 §5.4',
    says: 'A message is finished before the next one begins; only control frames may come between its fragments.',
    closeCode: 1002,
  },
  dataAfterClose: {
    id: 'data-after-close',
    section: 'RFC 6455 §5.5.1',
    says: 'No data frame follows a Close frame.',
    closeCode: 1002,
  },
  closeBody: {
    id: 'close-body',
    section: 'RFC 6455 §5.5.1',
    says: 'The body of a Close frame is empty, or begins with a close code of two bytes.',
    closeCode: 1002,
  },
  closeCode: {
    id: 'close-code',
    section: 'RFC 6455 §7.4.1, §7.4.2',
    says: 'The close code is one that may stand in a Close frame.',
    closeCode: 1002,
  },
  closeReason: {
    id: 'close-reason',
    section: 'RFC 6455 §5.5.1, §8.1',
    says: 'The close reason is valid UTF-8.',
    closeCode: 1007,
  },
  textUtf8: {
    id: 'text-utf8',
    section: 'RFC 6455 §5.6, §8.1',
    says: 'A text message is valid UTF-8 as a whole; its fragments may split a character.',
    closeCode: 1007,
  },
  compressedData: {
    id: 'compressed-data',
    section: 'RFC 7692 §6.2, §7.2.2',
    says: 'The payload of a compressed message is DEFLATE data that reaches back no further than the agreed window.',
    closeCode: 1007,
  },
} as const satisfies Record<string, Rule>;
