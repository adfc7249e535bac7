import type { ByteRange } from '../protocol/byte-range.ts';
import type { Frame } from '../protocol/frame.ts';
import { Opcode } from '../protocol/opcode.ts';
import type { Stream, TimedFrame } from './connection.ts';
import { streamBytes } from './stream-bytes.ts';

/** One field of a frame's header, or its payload, with the bytes that hold it and what they say. */
export interface FrameField {
  id: 'flags' | 'length' | 'extendedLength' | 'maskingKey' | 'payload';
  /** In the standard's words. */
  name: string;
  bytes: Uint8Array;
  /** The bits of the first two bytes, as the standard parts them: `1 000 0001`; absent for the other fields. */
  bits?: string;
  says: string;
  section: string;
}

const opcodeNames: Readonly<Record<number, string>> = {
  [Opcode.continuation]: 'continuation',
  [Opcode.text]: 'text',
  [Opcode.binary]: 'binary',
  [Opcode.close]: 'close',
  [Opcode.ping]: 'ping',
  [Opcode.pong]: 'pong',
};

/** The fields of a frame in the order of its bytes. `stream` is all that its side has sent. */
export function frameFields({ frame, range }: TimedFrame, stream: Stream): FrameField[] {
  const begin = range.start - frame.range.start;
  const bytesAt = ({ start, end }: ByteRange): Uint8Array =>
    streamBytes(stream, { start: begin + start, end: begin + end });
  const flags = bytesAt(frame.fields.flags);
  const length = bytesAt(frame.fields.length);
  const fields: FrameField[] = [
    {
      id: 'flags',
      name: 'FIN, RSV1-3, opcode',
      bytes: flags,
      bits: parted(flags, [1, 3, 4]),
      says: `${frame.fin ? 'The last frame of its message' : 'More frames of this message follow'}; ${opcodeNames[frame.opcode] ?? 'a reserved opcode'}.`,
      section: 'RFC 6455 §5.2',
    },
    {
      id: 'length',
      name: 'MASK, payload length',
      bytes: length,
      bits: parted(length, [1, 7]),
      says: `${frame.masked ? 'Masked, as a client must' : 'Not masked, as a server must not'}; ${lengthSays(frame)}.`,
      section: 'RFC 6455 §5.1, §5.2',
    },
  ];
  if (frame.fields.extendedLength) {
    fields.push({
      id: 'extendedLength',
      name: 'Extended payload length',
      bytes: bytesAt(frame.fields.extendedLength),
      says: `${frame.payloadLength.toLocaleString('en')} bytes of payload, the highest byte first.`,
      section: 'RFC 6455 §5.2',
    });
  }
  if (frame.fields.maskingKey) {
    fields.push({
      id: 'maskingKey',
      name: 'Masking-key',
      bytes: bytesAt(frame.fields.maskingKey),
      says: 'Fresh for this frame: byte by byte, round and round, it was XORed with the payload.',
      section: 'RFC 6455 §5.3',
    });
  }
  if (frame.payloadLength > 0) {
    fields.push({
      id: 'payload',
      name: 'Payload data',
      bytes: frame.wirePayload,
      says: frame.masked ? 'As it stood on the wire, masked.' : 'As it stood on the wire.',
      section: 'RFC 6455 §5.2',
    });
  }
  return fields;
}

function lengthSays({ lengthEncoding, payloadLength }: Frame): string {
  if (lengthEncoding === 7)
    return `${String(payloadLength)} ${payloadLength === 1 ? 'byte' : 'bytes'} of payload`;
  return lengthEncoding === 16
    ? '126 says that 2 bytes of length follow'
    : '127 says that 8 bytes of length follow';
}

/** The bits of a byte in groups of the given sizes. */
function parted(bytes: Uint8Array, sizes: readonly number[]): string {
  const bits = (bytes[0] ?? 0).toString(2).padStart(8, '0');
  let at = 0;
  return sizes.map((size) => bits.slice(at, (at += size))).join(' ');
}
