import { capturedPackets } from './captured-packets.ts';
import { ethernetFrame } from './ethernet-frame.ts';
import type { WireLogView } from './log-reader.ts';

/** Block types of pcapng (draft-ietf-opsawg-pcapng §4). */
const sectionHeader = 0x0a0d0d0a;
const interfaceDescription = 1;
const enhancedPacket = 6;

/** Options: of any block a comment; of an interface the resolution of its times. */
const commentOption = 1;
const timeResolutionOption = 9;

const ethernet = 1;
const nanosecondsPerMs = 1e6;

/**
 * A wire log as a pcapng file that Wireshark and tshark read as TCP, HTTP and WebSocket. `startedAt` is when the lab
 * began, ms since 1970. Connections whose beginning the log has dropped are left out: nobody could tell their bytes
 * apart; a comment of the file says so.
 */
export function exportPcapng(
  { connections, gaps }: Pick<WireLogView, 'connections' | 'gaps'>,
  startedAt: number,
): Uint8Array {
  const whole = connections.filter(({ beheaded }) => !beheaded);
  const dropped = gaps.reduce((sum, { events }) => sum + events, 0);
  const comments = ['Streams recorded by ws101; TCP segments, addresses and ports are made around them.'];
  if (dropped > 0)
    comments.push(
      `The log had dropped ${String(dropped)} events: ${String(connections.length - whole.length)} connections are left out.`,
    );
  const packets = whole.flatMap(capturedPackets).sort((one, other) => one.at - other.at);
  return joined([
    block(sectionHeader, sectionBody(), comments),
    block(interfaceDescription, interfaceBody(), []),
    ...packets.map((packet) => {
      const frame = ethernetFrame(packet);
      return block(
        enhancedPacket,
        packetBody(frame, BigInt(Math.round((startedAt + packet.at) * nanosecondsPerMs))),
        [],
      );
    }),
  ]);
}

function sectionBody(): Uint8Array {
  const body = new DataView(new ArrayBuffer(16));
  body.setUint32(0, 0x1a2b3c4d, true);
  body.setUint16(4, 1, true);
  // The length of the section is not said.
  body.setBigInt64(8, -1n, true);
  return new Uint8Array(body.buffer);
}

function interfaceBody(): Uint8Array {
  const body = new DataView(new ArrayBuffer(8 + 8 + 4));
  body.setUint16(0, ethernet, true);
  body.setUint16(8, timeResolutionOption, true);
  body.setUint16(10, 1, true);
  // Units of 10^-9 s.
  body.setUint8(12, 9);
  return new Uint8Array(body.buffer);
}

function packetBody(frame: Uint8Array, nanoseconds: bigint): Uint8Array {
  const bytes = new Uint8Array(20 + padded(frame.length));
  const body = new DataView(bytes.buffer);
  body.setUint32(4, Number(nanoseconds >> 32n), true);
  body.setUint32(8, Number(nanoseconds & 0xffffffffn), true);
  body.setUint32(12, frame.length, true);
  body.setUint32(16, frame.length, true);
  bytes.set(frame, 20);
  return bytes;
}

/** A block: its type, its length, its body with comments behind it, and its length once more. */
function block(type: number, body: Uint8Array, comments: readonly string[]): Uint8Array {
  const options = joined(comments.map(commentOf));
  const end = comments.length > 0 ? 4 : 0;
  const length = 12 + body.length + options.length + end;
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, type, true);
  view.setUint32(4, length, true);
  bytes.set(body, 8);
  bytes.set(options, 8 + body.length);
  view.setUint32(length - 4, length, true);
  return bytes;
}

/** A comment; ASCII, which is UTF-8. */
function commentOf(text: string): Uint8Array {
  const utf8 = Uint8Array.from(text, (character) => character.charCodeAt(0));
  const bytes = new Uint8Array(4 + padded(utf8.length));
  const view = new DataView(bytes.buffer);
  view.setUint16(0, commentOption, true);
  view.setUint16(2, utf8.length, true);
  bytes.set(utf8, 4);
  return bytes;
}

/** Everything in pcapng begins at a multiple of 4 bytes. */
const padded = (length: number): number => Math.ceil(length / 4) * 4;

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
