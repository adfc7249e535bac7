import { inflate, type Inflated } from './inflate.ts';
import type { DeflateAgreement } from './permessage-deflate.ts';
import type { Side } from './side.ts';

const noBytes = new Uint8Array(0);

/** What a sender takes off the end of a message and a receiver puts back (RFC 7692 §7.2.1, §7.2.2). */
const tail = Uint8Array.of(0x00, 0x00, 0xff, 0xff);

/** What came of inflating a message. `no context`: an earlier message, to which this one may refer, could not be inflated. */
export type InflatedMessage = Inflated | { bytes: Uint8Array; outcome: 'no context' };

/** Inflates the compressed messages of one side, one after the other, as was agreed (RFC 7692 §7.2.2). */
export class MessageInflater {
  readonly #windowBytes: number;
  readonly #keepsContext: boolean;
  readonly #maxBytes: number;
  /** The end of what was inflated before; `undefined` once it is lost. */
  #window: Uint8Array | undefined = noBytes;

  /** `from` sends the messages; a message is inflated to `maxBytes` at most. */
  constructor(from: Side, agreement: DeflateAgreement, maxBytes: number) {
    const isServer = from === 'server';
    this.#windowBytes = 2 ** (isServer ? agreement.serverMaxWindowBits : agreement.clientMaxWindowBits);
    this.#keepsContext = !(isServer ? agreement.serverNoContextTakeover : agreement.clientNoContextTakeover);
    this.#maxBytes = maxBytes;
  }

  /** Inflates the payload data of a whole message, its fragments joined. */
  inflate(payload: Uint8Array): InflatedMessage {
    if (!this.#window) return { bytes: noBytes, outcome: 'no context' };
    const data = new Uint8Array(payload.length + tail.length);
    data.set(payload);
    data.set(tail, payload.length);
    const inflated = inflate(data, {
      dictionary: this.#window,
      windowBytes: this.#windowBytes,
      maxBytes: this.#maxBytes,
    });
    if (this.#keepsContext) {
      this.#window =
        inflated.outcome === 'whole' ? lastBytes(this.#window, inflated.bytes, this.#windowBytes) : undefined;
    }
    return inflated;
  }
}

/** The last bytes of two runs, one behind the other; never more than a window. */
function lastBytes(before: Uint8Array, after: Uint8Array, count: number): Uint8Array {
  if (after.length >= count) return after.slice(after.length - count);
  const kept = before.subarray(Math.max(0, before.length - (count - after.length)));
  const window = new Uint8Array(kept.length + after.length);
  window.set(kept);
  window.set(after, kept.length);
  return window;
}
