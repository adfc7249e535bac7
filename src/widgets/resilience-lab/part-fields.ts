import type { PartName } from './settings.ts';

/** A parameter of a part, as it is shown. */
export type PartField =
  | { kind: 'number'; name: string; label: string; unit: string }
  | { kind: 'word'; name: string; label: string; words: readonly string[] };

const number = (name: string, label: string, unit = ''): PartField => ({ kind: 'number', name, label, unit });

/** What each part is called, and does. */
export const partWords: Readonly<Record<PartName, { label: string; does: string }>> = {
  reconnect: { label: 'Reconnect', does: 'comes back after an end, and waits before it' },
  heartbeat: { label: 'Heartbeat', does: 'asks whether the server’s program is there' },
  queue: { label: 'Queue', does: 'lets messages wait while there is no connection' },
  acknowledgement: { label: 'Acknowledgement', does: 'sends again what the server has not taken' },
  resume: { label: 'Resume', does: 'goes on in the server’s stream where it broke off' },
  dedupe: { label: 'Dedupe', does: 'passes over what it has applied before' },
  renew: { label: 'Fresh token', does: 'asks for a new token before each attempt' },
};

/** The parameters of each part. */
export const partFields: Readonly<Record<PartName, readonly PartField[]>> = {
  reconnect: [
    number('firstMs', 'First delay up to', 'ms'),
    number('baseMs', 'then up to', 'ms'),
    number('capMs', 'doubled up to', 'ms'),
    { kind: 'word', name: 'jitter', label: 'Jitter', words: ['full', 'none'] },
    number('limit', 'Attempts in a row'),
    number('attemptMs', 'An attempt may take', 'ms'),
    number('stableMs', 'Stable after', 'ms'),
  ],
  heartbeat: [number('everyMs', 'Asks every', 'ms'), number('deadlineMs', 'Answer within', 'ms')],
  queue: [
    number('maxMessages', 'At most', 'messages'),
    number('maxBytes', 'and', 'bytes'),
    {
      kind: 'word',
      name: 'whenFull',
      label: 'When full',
      words: ['refuse', 'drop oldest', 'drop newest'],
    },
    number('timeToLiveMs', 'Worth sending for', 'ms'),
  ],
  acknowledgement: [
    number('maxUnacknowledged', 'In doubt at most', 'messages'),
    number('resendAfterMs', 'Sends again after', 'ms'),
  ],
  resume: [number('hold', 'The server sends again at most', 'messages')],
  dedupe: [],
  renew: [],
};
