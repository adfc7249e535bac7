import type { FeedSettings } from '../../src/contract/feed.ts';

/** What a draw of chance is for: draws for one do not depend on those for the other. */
const use = { gap: 1, payload: 2 } as const;

/** All that may stand in a payload: 32 characters of one byte each, none of which JSON has to escape. */
const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';

/** In a burst four gaps of five are so short, and the fifth so long, in mean gaps: the mean of all five is one. */
const bursts = { share: 0.8, shortGap: 0.05, longGap: 4.8 };

/**
 * Milliseconds from the birth of the message before this one (or the beginning of the run) to its own. Depends on
 * nothing but the settings; their mean is `1000 / messagesPerSecond`, however bursty they are.
 */
export function gapBefore(id: number, { messagesPerSecond, burstiness, seed }: FeedSettings): number {
  const meanMs = 1000 / messagesPerSecond;
  if (burstiness === 0) return meanMs;
  const draw = chance(seed, id, use.gap);
  const kind = draw() / 2 ** 32 < bursts.share ? bursts.shortGap : bursts.longGap;
  // An exponential distribution of mean 1; the draw is never 1, whose logarithm is infinite.
  const drawn = -Math.log(1 - draw() / 2 ** 32);
  return meanMs * (1 - burstiness + burstiness * kind * drawn);
}

/** The payload of a message: so many bytes of ASCII. Depends on nothing but the settings. */
export function payloadOf(id: number, { payloadBytes, seed }: FeedSettings): string {
  const draw = chance(seed, id, use.payload);
  let payload = '';
  while (payload.length < payloadBytes) {
    // One draw of 32 bits is good for six characters.
    for (let bits = draw(), left = 6; left > 0 && payload.length < payloadBytes; left--, bits >>>= 5) {
      payload += alphabet[bits & 31] ?? '';
    }
  }
  return payload;
}

/** Draws numbers of 32 bits, the same for the same three: splitmix32, begun where they lead. */
function chance(seed: number, id: number, forUse: number): () => number {
  let state = (mix(seed) ^ mix(mix(id) + forUse)) | 0;
  return () => {
    state = (state + 0x9e37_79b9) | 0;
    return mix(state);
  };
}

/** Spreads what differs in any bit over all 32. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0_aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a_2d97);
  return (bits ^ (bits >>> 15)) >>> 0;
}
