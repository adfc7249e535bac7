import type { Connection } from './connection.ts';
import { censusOfKeys, maskedFrames } from './masking-keys.ts';

/** What the masking-keys of one client's frames tell of its chance (RFC 6455 §5.3). */
export interface KeyFacts {
  /** Frames of the client with a masking-key. */
  masked: number;
  /** Frames of the client without one, which no server may accept (RFC 6455 §5.1). */
  unmasked: number;
  /** Different keys among them. */
  different: number;
  /** Keys of four zero bytes. */
  zero: number;
  /** Every key is the one before plus this, modulo 2^32, as a counter makes them; asked of three keys or more. */
  step: number | undefined;
  /** How many bits of all keys are 1. Fair coins would set half of the 32 of each. */
  bitsSet: number;
  /** How far `bitsSet` is from that half, in standard deviations of fair coins. */
  deviations: number;
  /** Pairs of equal keys that chance alone would bring, on the average. */
  expectedPairs: number;
  verdict: KeyVerdict;
}

/**
 * `none`: no masked frame yet. `zero`, `repeated`, `counted`, `lopsided`: no good source of chance makes such keys.
 * `few`: nothing strange, in too few keys to say more. `unsuspicious`: nothing strange in enough of them. No count of
 * keys proves that they cannot be guessed, which is what the standard asks.
 */
export type KeyVerdict = 'none' | 'zero' | 'repeated' | 'counted' | 'lopsided' | 'few' | 'unsuspicious';

/** Under so many keys "nothing strange" says next to nothing. */
export const fewKeys = 16;

/** Fair coins stray so far once in 1.7 million times. */
const farDeviations = 5;

/** Looks at the masking-keys of a connection's client. */
export function keyFactsOf(connection: Connection): KeyFacts {
  const { frames: masked, keys: different, expectedPairs } = censusOfKeys([connection]);
  const numbers = maskedFrames([connection]).map(({ frame }) => numberOf(frame.maskingKey));
  const bitsSet = numbers.reduce((sum, key) => sum + countBits(key), 0);
  const facts = {
    masked,
    unmasked: connection.frames.filter(({ from, frame }) => from === 'client' && !frame.masked).length,
    different,
    zero: numbers.filter((key) => key === 0).length,
    step: stepOf(numbers),
    bitsSet,
    // A sum of 32n coins varies by 32n/4.
    deviations: masked === 0 ? 0 : (bitsSet - 16 * masked) / Math.sqrt(8 * masked),
    expectedPairs,
  };
  return { ...facts, verdict: verdictOf(facts) };
}

function verdictOf({ masked, zero, different, step, deviations }: Omit<KeyFacts, 'verdict'>): KeyVerdict {
  if (masked === 0) return 'none';
  if (zero > 0) return 'zero';
  if (different < masked) return 'repeated';
  if (step !== undefined) return 'counted';
  if (masked >= 4 && Math.abs(deviations) >= farDeviations) return 'lopsided';
  return masked < fewKeys ? 'few' : 'unsuspicious';
}

/** The distance that all neighbours keep; `undefined` where they keep none, or are fewer than three. */
function stepOf(numbers: readonly number[]): number | undefined {
  if (numbers.length < 3) return undefined;
  const steps = new Set(numbers.slice(1).map((key, index) => (key - (numbers[index] ?? 0)) >>> 0));
  return steps.size === 1 ? [...steps][0] : undefined;
}

const numberOf = (key: Uint8Array | undefined): number =>
  [...(key ?? [])].reduce((value, byte) => ((value << 8) | byte) >>> 0, 0);

function countBits(value: number): number {
  let count = 0;
  for (let rest = value; rest !== 0; rest &= rest - 1) count++;
  return count;
}
