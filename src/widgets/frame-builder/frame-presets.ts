import { writeClosePayload } from '../../protocol/close-payload.ts';
import { encodeFrame, type FrameDescription } from '../../protocol/encode-frame.ts';
import { Opcode } from '../../protocol/opcode.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';

/** Frames to start from. */
export interface FramePreset {
  id: string;
  /** In the menu. */
  label: string;
  /** What it is and what to look for, a sentence or two. */
  says: string;
  /** Its frames; `newKey` draws the masking-key of each. */
  frames: (newKey: () => Uint8Array) => Uint8Array[];
}

/** A frame of a client: masked with a key of its own. */
const masked =
  (frame: FrameDescription): FramePreset['frames'] =>
  (newKey) => [encodeFrame({ ...frame, maskingKey: newKey() })];
/** Bytes as they stand in the standard. */
const printed =
  (...frames: FrameDescription[]): FramePreset['frames'] =>
  () =>
    frames.map(encodeFrame);

const hello = encodeUtf8('Hello');
const { text, binary, continuation, ping, pong, close } = Opcode;

/** What RFC 6455 §5.7 prints. Four of them are frames of a server: from a client they lack the mask. */
const examples: readonly FramePreset[] = [
  {
    id: 'rfc-masked-text',
    label: 'Masked text “Hello”',
    says: 'Every client could send this one as it is. The masking-key is the one that the RFC prints.',
    frames: printed({ opcode: text, payload: hello, maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d) }),
  },
  {
    id: 'rfc-unmasked-text',
    label: 'Unmasked text “Hello”',
    says: 'A server’s frame. You are a client: set MASK before you send it, or see what happens if you do not.',
    frames: printed({ opcode: text, payload: hello }),
  },
  {
    id: 'rfc-fragmented-text',
    label: 'Unmasked text in two fragments',
    says: '“Hel” and “lo”: two frames, one message. Unmasked, so a server’s.',
    frames: printed(
      { opcode: text, fin: false, payload: encodeUtf8('Hel') },
      { opcode: continuation, payload: encodeUtf8('lo') },
    ),
  },
  {
    id: 'rfc-ping',
    label: 'Unmasked ping “Hello”',
    says: 'A server may send it at any time; whoever receives it answers with the same payload.',
    frames: printed({ opcode: ping, payload: hello }),
  },
  {
    id: 'rfc-masked-pong',
    label: 'Masked pong “Hello”',
    says: 'The client’s answer to that ping. Nobody pinged you: an unsolicited pong is legal, and not answered.',
    frames: printed({ opcode: pong, payload: hello, maskingKey: Uint8Array.of(0x37, 0xfa, 0x21, 0x3d) }),
  },
  {
    id: 'rfc-binary-256',
    label: 'Unmasked binary, 256 bytes',
    says: 'The length no longer fits 7 bits: these say 126, and 2 more bytes hold it.',
    frames: printed({ opcode: binary, payload: new Uint8Array(256) }),
  },
  {
    id: 'rfc-binary-64k',
    label: 'Unmasked binary, 65,536 bytes',
    says: 'One byte more than 16 bits can count: the 7 bits say 127, and 8 more bytes hold the length.',
    frames: printed({ opcode: binary, payload: new Uint8Array(65_536) }),
  },
];

/** Each breaks one rule, and one only. */
const illegal: readonly FramePreset[] = [
  {
    id: 'reserved-opcode',
    label: 'Reserved opcode 0x3',
    says: 'Opcodes 0x3 to 0x7 are kept for later kinds of data, 0xB to 0xF for later control frames.',
    frames: masked({ opcode: 0x3, payload: hello }),
  },
  {
    id: 'reserved-bit',
    label: 'RSV1 without an extension',
    says: 'With permessage-deflate agreed on, this bit says “compressed”. Here nothing was agreed on.',
    frames: masked({ opcode: text, rsv1: true, payload: hello }),
  },
  {
    id: 'unmasked-client',
    label: 'Unmasked frame from a client',
    says: 'One bit away from legal. A server must not read it, but fail the connection.',
    frames: printed({ opcode: text, payload: hello }),
  },
  {
    id: 'fragmented-ping',
    label: 'Fragmented ping',
    says: 'A control frame is its own message: FIN is always 1.',
    frames: masked({ opcode: ping, fin: false, payload: hello }),
  },
  {
    id: 'long-ping',
    label: 'Ping of 126 bytes',
    says: 'One byte too many. 125 is the most, so that a control frame never needs a longer length.',
    frames: masked({ opcode: ping, payload: new Uint8Array(126).fill(0x61) }),
  },
  {
    id: 'length-16-for-5',
    label: 'Non-minimal length, 16 bits for 5',
    says: 'A length of 5 fits in 7 bits, so it must be written in 7 bits.',
    frames: masked({ opcode: text, payload: hello, lengthEncoding: 16 }),
  },
  {
    id: 'length-64-for-5',
    label: 'Non-minimal length, 64 bits for 5',
    says: 'Eight bytes to say “5”.',
    frames: masked({ opcode: text, payload: hello, lengthEncoding: 64 }),
  },
  {
    id: 'length-top-bit',
    label: '64-bit length with the top bit',
    says: 'A length of more than 9 quintillion bytes, in a field whose highest bit must be 0.',
    frames: masked({ opcode: binary, payloadLength: 0x8000_0000_0000_0000n, lengthEncoding: 64 }),
  },
  {
    id: 'lone-continuation',
    label: 'Continuation of nothing',
    says: 'No message has begun that it could continue.',
    frames: masked({ opcode: continuation, payload: hello }),
  },
  {
    id: 'interrupted-message',
    label: 'Text in the middle of fragments',
    says: 'A message must be finished before the next begins. Only control frames may come between.',
    frames: (newKey) => [
      encodeFrame({ opcode: text, fin: false, payload: encodeUtf8('Hel'), maskingKey: newKey() }),
      encodeFrame({ opcode: text, payload: encodeUtf8('oops'), maskingKey: newKey() }),
    ],
  },
  {
    id: 'bad-utf8',
    label: 'Text that is not UTF-8',
    says: '“caf” and the byte e9, which is é in Latin-1. In UTF-8 it begins a character that never comes.',
    frames: masked({ opcode: text, payload: Uint8Array.of(0x63, 0x61, 0x66, 0xe9) }),
  },
  {
    id: 'close-1-byte',
    label: 'Close with a body of 1 byte',
    says: 'A close code takes two bytes: half of one says nothing.',
    frames: masked({ opcode: close, payload: Uint8Array.of(0x03) }),
  },
  {
    id: 'close-1005',
    label: 'Close 1005',
    says: '1005 means “the Close had no code”. To send it as a code is a contradiction.',
    frames: masked({ opcode: close, payload: writeClosePayload(1005) }),
  },
  {
    id: 'close-long-reason',
    label: 'Close with a reason of 124 bytes',
    says: '2 bytes of code and 124 of reason are 126: one too many for a control frame. 123 would fit.',
    frames: masked({ opcode: close, payload: writeClosePayload(1000, 'x'.repeat(124)) }),
  },
];

/** Legal, and not to be had from a browser. */
const legal: readonly FramePreset[] = [
  {
    id: 'ping-between-fragments',
    label: 'Ping between two fragments',
    says: 'A control frame may stand between the fragments of a message, so that a long one does not hold it up.',
    frames: (newKey) => [
      encodeFrame({ opcode: text, fin: false, payload: encodeUtf8('Hel'), maskingKey: newKey() }),
      encodeFrame({ opcode: ping, payload: encodeUtf8('still there?'), maskingKey: newKey() }),
      encodeFrame({ opcode: continuation, payload: encodeUtf8('lo'), maskingKey: newKey() }),
    ],
  },
  {
    id: 'parted-character',
    label: 'A character split across two fragments',
    says: '“é” is c3 a9: one byte in each frame. Only the whole message has to be UTF-8.',
    frames: (newKey) => [
      encodeFrame({ opcode: text, fin: false, payload: Uint8Array.of(0xc3), maskingKey: newKey() }),
      encodeFrame({ opcode: continuation, payload: Uint8Array.of(0xa9), maskingKey: newKey() }),
    ],
  },
  {
    id: 'empty-text',
    label: 'Empty text',
    says: 'A message of no bytes is a message: 6 bytes on the wire, and an event at the other end.',
    frames: masked({ opcode: text }),
  },
  {
    id: 'close-1000',
    label: 'Close 1000',
    says: 'The polite end. The server answers with a Close of its own and ends TCP.',
    frames: masked({ opcode: close, payload: writeClosePayload(1000, 'done') }),
  },
];

/** The presets by the group that they stand in. */
export const presetGroups: readonly { label: string; presets: readonly FramePreset[] }[] = [
  { label: 'The examples of RFC 6455 §5.7', presets: examples },
  { label: 'Legal, but no browser sends it', presets: legal },
  { label: 'Illegal, each by one rule', presets: illegal },
];

/** The preset of that id. */
export const presetOf = (id: string): FramePreset | undefined =>
  presetGroups.flatMap(({ presets }) => presets).find((preset) => preset.id === id);
