import type { CapturedPacket } from './captured-packets.ts';

/** Who the two ends pretend to be: addresses of documentation (RFC 5737), a port that every dissector takes for HTTP. */
const clientAddress = [192, 0, 2, 1];
const serverAddress = [192, 0, 2, 2];
const serverPort = 80;
const clientMac = [2, 0, 0, 0, 0, 1];
const serverMac = [2, 0, 0, 0, 0, 2];

/** The client's port of a connection: each its own, as far as there are any. */
const clientPort = (conn: number): number => 10_000 + (conn % 50_000);

/** A receive window that nothing here fills: 65535 bytes times 2^14 (RFC 7323 §2). */
const windowScale = 14;

/** Ethernet, IPv4 (RFC 791) and TCP (RFC 9293) around a segment, with their checksums. */
export function ethernetFrame({
  conn,
  from,
  sequence,
  acknowledgement,
  flags,
  payload,
}: CapturedPacket): Uint8Array {
  const fromClient = from === 'client';
  // MSS and window scale may stand in a SYN only.
  const options = flags.syn === true ? [2, 4, 1460 >> 8, 1460 & 255, 1, 3, 3, windowScale] : [];
  const tcpLength = 20 + options.length + payload.length;
  const frame = new Uint8Array(14 + 20 + tcpLength);
  const view = new DataView(frame.buffer);
  frame.set(fromClient ? serverMac : clientMac, 0);
  frame.set(fromClient ? clientMac : serverMac, 6);
  view.setUint16(12, 0x0800);

  const ip = 14;
  frame[ip] = 0x45;
  view.setUint16(ip + 2, 20 + tcpLength);
  // Don't fragment.
  view.setUint16(ip + 6, 0x4000);
  frame[ip + 8] = 64;
  frame[ip + 9] = 6;
  frame.set(fromClient ? clientAddress : serverAddress, ip + 12);
  frame.set(fromClient ? serverAddress : clientAddress, ip + 16);
  view.setUint16(ip + 10, checksum(frame.subarray(ip, ip + 20), 0));

  const tcp = ip + 20;
  view.setUint16(tcp, fromClient ? clientPort(conn) : serverPort);
  view.setUint16(tcp + 2, fromClient ? serverPort : clientPort(conn));
  view.setUint32(tcp + 4, sequence);
  view.setUint32(tcp + 8, acknowledgement);
  frame[tcp + 12] = ((20 + options.length) / 4) << 4;
  frame[tcp + 13] = flagBits(flags);
  view.setUint16(tcp + 14, 65_535);
  frame.set(options, tcp + 20);
  frame.set(payload, tcp + 20 + options.length);
  // The pseudo-header: both addresses, the protocol, the length.
  const pseudo = sumOf(frame.subarray(ip + 12, ip + 20)) + 6 + tcpLength;
  view.setUint16(tcp + 16, checksum(frame.subarray(tcp), pseudo));
  return frame;
}

const flagBits = ({ fin, syn, rst, push, ack }: CapturedPacket['flags']): number =>
  [fin, syn, rst, push, ack].reduce((bits, isSet, bit) => bits | (isSet === true ? 1 << bit : 0), 0);

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Uint8Array, start: number): number {
  let sum = start + sumOf(bytes);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 2) {
    sum += ((bytes[index] ?? 0) << 8) | (bytes[index + 1] ?? 0);
  }
  return sum;
}
