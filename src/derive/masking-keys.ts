import type { Connection, TimedFrame } from './connection.ts';

/** How often the masking-keys of a client's frames repeat. */
export interface KeyCensus {
  /** Masked frames of clients. */
  frames: number;
  /** Different keys among them. */
  keys: number;
  /** Pairs of frames with the same key that chance alone would bring, on the average. */
  expectedPairs: number;
}

/** How many keys of 4 bytes there are. */
const keySpace = 2 ** 32;

/** The frames that clients have masked, in the order of their connections. */
export const maskedFrames = (connections: readonly Connection[]): TimedFrame[] =>
  connections
    .flatMap(({ frames }) => frames)
    .filter(({ from, frame }) => from === 'client' && frame.maskingKey);

/** Counts the masking-keys of all frames that clients have masked on these connections (RFC 6455 §5.3). */
export function censusOfKeys(connections: readonly Connection[]): KeyCensus {
  const frames = maskedFrames(connections);
  const keys = new Set(frames.map(({ frame }) => frame.maskingKey?.join(' ')));
  const pairs = frames.length < 2 ? 0 : (frames.length * (frames.length - 1)) / 2;
  return { frames: frames.length, keys: keys.size, expectedPairs: pairs / keySpace };
}
