/** A masked frame of a client, FIN set, up to 125 bytes of payload (RFC 6455 §5.2). */
export function clientFrame(
  opcode: number,
  payload: string | Uint8Array,
  maskingKey = [0x37, 0xfa, 0x21, 0x3d],
): Buffer {
  const bytes = Buffer.from(payload);
  const masked = bytes.map((byte, index) => byte ^ (maskingKey[index % 4] ?? 0));
  return Buffer.from([0x80 | opcode, 0x80 | bytes.length, ...maskingKey, ...masked]);
}

/** The payload of a Close frame (RFC 6455 §5.5.1). */
export const closePayload = (code: number, reason = ''): Buffer =>
  Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
