/** Up to this many bytes, parts are joined before they are written: it costs less than two writes (measured). */
const smallPiece = 4096;

/** What was written in several chunks, as it is best passed on: in one part where it is little. */
export function writtenParts(chunks: readonly { chunk: Buffer }[]): Buffer[] {
  const parts: Buffer[] = [];
  let length = 0;
  for (const { chunk } of chunks) {
    parts.push(chunk);
    length += chunk.length;
  }
  return length <= smallPiece ? [Buffer.concat(parts, length)] : parts;
}
