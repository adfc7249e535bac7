/**
 * Masks or unmasks payload data, which is the same: each byte XOR a byte of the masking-key (RFC 6455 §5.3). Answers
 * new bytes. `offset` is where `bytes` stands in the payload data, where it is only a part of it.
 */
export function applyMask(bytes: Uint8Array, maskingKey: Uint8Array, offset = 0): Uint8Array {
  const masked = new Uint8Array(bytes);
  // Four bytes at a time, which runs several times as fast. The new array begins at a word of its buffer.
  const words = new Uint32Array(masked.buffer, 0, masked.length >> 2);
  const keyWord = new Uint32Array(
    Uint8Array.from({ length: 4 }, (_, index) => maskingKey[(offset + index) & 3] ?? 0).buffer,
  );
  const key = keyWord[0] ?? 0;
  for (let index = 0; index < words.length; index++) words[index] = (words[index] ?? 0) ^ key;
  for (let index = words.length << 2; index < masked.length; index++) {
    masked[index] = (masked[index] ?? 0) ^ (maskingKey[(offset + index) & 3] ?? 0);
  }
  return masked;
}
