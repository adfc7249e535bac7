import type { ResilientSocketOptions } from '../../resilient-socket/options.ts';

/** A way to send more than the link takes. */
export interface SendWay {
  id: string;
  label: string;
  /** What it does with what does not fit. */
  says: string;
  /** The parts that are on; `undefined`: none, it is the sample. */
  options: Partial<ResilientSocketOptions> | undefined;
  /** A newer message takes the place of one that waits. */
  newestOnly: boolean;
  /** Beyond so many bytes of bufferedAmount it waits. */
  highBytes: number | undefined;
}

const highBytes = 262_144;
const quiet: Partial<ResilientSocketOptions> = {
  reconnect: false,
  queue: { maxBytes: 1_048_576 },
  backPressure: { highBytes, lowBytes: 65_536 },
};

/** From hope to knowledge. */
export const sendWays: readonly SendWay[] = [
  {
    id: 'hope',
    label: 'Send and hope',
    says: 'Everything goes to send() at once. Watch bufferedAmount, then press Hang up and see what was left.',
    options: undefined,
    newestOnly: false,
    highBytes: undefined,
  },
  {
    id: 'wait',
    label: 'Wait at the watermark',
    says: 'Beyond 256 KiB of bufferedAmount messages wait in a queue of 1 MiB; beyond that they are refused.',
    options: quiet,
    newestOnly: false,
    highBytes,
  },
  {
    id: 'newest',
    label: 'Wait, and keep the newest',
    says: 'The same watermark, but each message carries a key: one that waits is replaced by the next.',
    options: quiet,
    newestOnly: true,
    highBytes,
  },
  {
    id: 'window',
    label: 'Newest, eight under way',
    says: 'The server acknowledges, and no more than eight messages are under way. It knows of every buffer.',
    options: { ...quiet, acknowledgement: { maxUnacknowledged: 8, resendAfterMs: 30_000 } },
    newestOnly: true,
    highBytes,
  },
];
