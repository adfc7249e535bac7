import { chunkIndexAt, type Connection, type TimedFrame } from './connection.ts';

/** How a frame lay in the pieces in which its bytes crossed the link: frames and TCP's pieces know nothing of each other. */
export interface ChunkPlace {
  /** The pieces that carried it. */
  pieces: number;
  /** It begins in the piece in which the frame before it ended: both came in one. */
  sharesWithPrevious: boolean;
}

/** How a frame lay in the pieces of its side. */
export function chunkPlace(connection: Connection, { from, range }: TimedFrame): ChunkPlace {
  const { chunks } = connection[from];
  const first = chunkIndexAt(chunks, range.start);
  const last = chunkIndexAt(chunks, Math.max(range.start, range.end - 1));
  return { pieces: last - first + 1, sharesWithPrevious: (chunks[first]?.offset ?? 0) < range.start };
}
