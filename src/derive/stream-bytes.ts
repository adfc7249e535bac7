import type { ByteRange } from '../protocol/byte-range.ts';
import { chunkIndexAt, type Stream } from './connection.ts';

/** The bytes of a range of all that one side has sent; what has not come yet is cut off. */
export function streamBytes(stream: Stream, { start, end }: ByteRange): Uint8Array {
  const last = Math.max(start, Math.min(end, stream.byteCount));
  const bytes = new Uint8Array(last - start);
  for (let index = chunkIndexAt(stream.chunks, start); index < stream.chunks.length; index++) {
    const chunk = stream.chunks[index];
    if (!chunk || chunk.offset >= last) break;
    const from = Math.max(start, chunk.offset);
    const to = Math.min(last, chunk.offset + chunk.bytes.length);
    if (from < to) bytes.set(chunk.bytes.subarray(from - chunk.offset, to - chunk.offset), from - start);
  }
  return bytes;
}
