import type { Frame, FrameHeader } from '../protocol/frame.ts';
import { isReserved, Opcode } from '../protocol/opcode.ts';
import type { Violation } from '../protocol/violation.ts';

/** The fields of a frame, by the names of RFC 6455 §5.2. */
export const frameFieldIds = [
  'fin',
  'rsv1',
  'rsv2',
  'rsv3',
  'opcode',
  'mask',
  'payloadLength',
  'extendedLength',
  'maskingKey',
  'payload',
] as const;
export type FrameFieldId = (typeof frameFieldIds)[number];

/** One field of a frame, down to the bit. */
export interface AnatomyField {
  id: FrameFieldId;
  /** In the standard's words. */
  name: string;
  /** Where it begins in its frame, and how long it is, in bits. */
  startBit: number;
  bitLength: number;
  /** What it holds, as it is usually written: `1`, `0x8`, `126`, `37 fa 21 3d`. */
  value: string;
  says: string;
  section: string;
  /** The rules of which a frame broke this very field. */
  violations: readonly Violation[];
}

const opcodeSays: Readonly<Record<number, string>> = {
  [Opcode.continuation]: 'Continuation: more of the message that came before.',
  [Opcode.text]: 'Text: the message is UTF-8.',
  [Opcode.binary]: 'Binary: the message is what the application makes of it.',
  [Opcode.close]: 'Close: the closing handshake.',
  [Opcode.ping]: 'Ping: answer with a Pong of the same payload.',
  [Opcode.pong]: 'Pong: the answer to a Ping, or a sign of life nobody asked for.',
};

const framing = 'RFC 6455 §5.2';
const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');

/** What the fields of a frame are read from: its header, once that is whole, and where it stands. */
export type AnatomySource = Readonly<FrameHeader> & Pick<Frame, 'range' | 'violations'>;

/**
 * The fields of a frame in the order of its bits. `from` tells whether it should be masked; `broken` are the rules
 * that they are marked with, by default those that the frame breaks by itself.
 */
export function frameAnatomy(
  frame: AnatomySource,
  from: 'client' | 'server',
  broken = frame.violations,
): AnatomyField[] {
  const fields: AnatomyField[] = [];
  const add = (
    id: FrameFieldId,
    name: string,
    bitLength: number,
    value: string,
    says: string,
    section = framing,
  ): void => {
    const last = fields.at(-1);
    const startBit = last ? last.startBit + last.bitLength : 0;
    const violations = broken.filter((violation) => blames(violation, frame, startBit, bitLength));
    fields.push({ id, name, startBit, bitLength, value, says, section, violations });
  };
  const bit = (is: boolean): string => (is ? '1' : '0');
  const { opcode, masked, maskingKey, lengthEncoding, payloadLength } = frame;
  add(
    'fin',
    'FIN',
    1,
    bit(frame.fin),
    frame.fin ? 'The last frame of its message.' : 'More frames of this message follow.',
  );
  add('rsv1', 'RSV1', 1, bit(frame.rsv1), rsv1Says(frame.rsv1), 'RFC 6455 §5.2, RFC 7692 §6');
  add('rsv2', 'RSV2', 1, bit(frame.rsv2), reservedSays(frame.rsv2));
  add('rsv3', 'RSV3', 1, bit(frame.rsv3), reservedSays(frame.rsv3));
  const opcodeText = isReserved(opcode)
    ? 'A reserved opcode: an endpoint that receives it fails the connection.'
    : (opcodeSays[opcode] ?? '');
  add('opcode', 'opcode', 4, `0x${opcode.toString(16).toUpperCase()}`, opcodeText, 'RFC 6455 §5.2, §11.8');
  add('mask', 'MASK', 1, bit(masked), maskSays(masked, from), 'RFC 6455 §5.1');
  const short = lengthEncoding === 7 ? payloadLength : lengthEncoding === 16 ? 126 : 127;
  add('payloadLength', 'Payload len', 7, String(short), lengthSays(frame));
  if (lengthEncoding !== 7) {
    const isExact = payloadLength <= Number.MAX_SAFE_INTEGER;
    const says = isExact
      ? `${payloadLength.toLocaleString('en')} bytes of payload data, the highest byte first.`
      : 'More bytes than JavaScript can count: the hex view has the number.';
    const value = isExact ? String(payloadLength) : '> 2^53';
    add('extendedLength', `Extended payload length`, lengthEncoding, value, says);
  }
  if (maskingKey) {
    const says =
      'Fresh and unpredictable in every frame: byte by byte, round and round, it was XORed with the payload data.';
    add('maskingKey', 'Masking-key', 32, hexOf(maskingKey), says, 'RFC 6455 §5.3');
  }
  if (payloadLength > 0) {
    const size =
      payloadLength === 1
        ? '1 byte'
        : payloadLength > Number.MAX_SAFE_INTEGER
          ? '> 2^53 bytes'
          : `${payloadLength.toLocaleString('en')} bytes`;
    add(
      'payload',
      'Payload Data',
      payloadLength * 8,
      size,
      masked ? 'On the wire it is masked.' : 'It is on the wire as it is.',
    );
  }
  return fields;
}

/** The rules that no single field of the frame broke: its place among the others. */
export function wholeFrameViolations(frame: Frame): readonly Violation[] {
  return frame.violations.filter(({ at }) => at.start === frame.range.start && at.end === frame.range.end);
}

/** Whether a violation names bytes in which this field stands. Which bits of a byte it meant, its rule's field tells. */
function blames({ at, rule }: Violation, frame: AnatomySource, startBit: number, bitLength: number): boolean {
  if (at.start === frame.range.start && at.end === frame.range.end) return false;
  const bits = blamedBits[rule.id];
  const start = (at.start - frame.range.start) * 8 + (bits?.start ?? 0);
  const end = bits ? (at.start - frame.range.start) * 8 + bits.end : (at.end - frame.range.start) * 8;
  return startBit < end && start < startBit + bitLength;
}

/** Rules about some bits of a byte: which. */
const blamedBits: Readonly<Record<string, { start: number; end: number }>> = {
  'reserved-bits': { start: 1, end: 4 },
  'compressed-bit': { start: 1, end: 2 },
  'reserved-opcode': { start: 4, end: 8 },
  'control-not-fragmented': { start: 0, end: 1 },
  'lone-continuation': { start: 4, end: 8 },
  'interrupted-message': { start: 4, end: 8 },
  'client-masks': { start: 0, end: 1 },
  'server-does-not-mask': { start: 0, end: 1 },
};

const rsv1Says = (set: boolean): string =>
  set
    ? 'Set: with permessage-deflate, the message is compressed; without an extension nobody may set it.'
    : 'Not set: nothing is compressed.';

const reservedSays = (set: boolean): string =>
  set ? 'Set: no extension that browsers know gives it a meaning.' : 'Reserved for extensions, 0 otherwise.';

function maskSays(masked: boolean, from: 'client' | 'server'): string {
  if (from === 'client') return masked ? 'Masked, as a client must.' : 'Not masked, though a client must.';
  return masked ? 'Masked, though a server must not.' : 'Not masked, as a server must not.';
}

function lengthSays({ lengthEncoding, payloadLength }: FrameHeader): string {
  if (lengthEncoding === 7) {
    return payloadLength === 1
      ? '1 byte of payload data.'
      : `${String(payloadLength)} bytes of payload data.`;
  }
  return lengthEncoding === 16
    ? '126: the next 2 bytes say the length.'
    : '127: the next 8 bytes say the length.';
}
