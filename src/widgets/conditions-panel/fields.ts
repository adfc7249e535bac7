import type { Conditions } from '../../contract/conditions.ts';
import { waitWords } from '../../derive/condition-words.ts';

/** The names of the conditions that are numbers. */
export type NumberName = {
  [Name in keyof Conditions]: Conditions[Name] extends number ? Name : never;
}[keyof Conditions];

/** The names of the conditions that are one of some words. */
export type WordName = Exclude<keyof Conditions, NumberName | 'accept'>;

/** How a condition that is a number is shown: the stops of its slider, from nothing imposed to the worst. */
export interface NumberField {
  name: NumberName;
  label: string;
  /** What to know of it, in a few words. */
  note: string;
  unit: string;
  /** What one of the unit is in the condition's own: 0.01 where percent stand for a share. */
  scale: number;
  /** Values of the condition in the order of the slider. Steps grow, since what matters is how many times more. */
  stops: readonly number[];
  words: (value: number) => string;
}

const times = [0, 1, 2, 5, 10, 20, 50, 100, 150, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000];
const idleTimes = [0, 500, 1000, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 120_000, 300_000, 600_000];
const rates = [
  0, 1e7, 1e6, 500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100,
];
const sizes = [0, 65_536, 16_384, 4096, 1460, 512, 128, 32, 8, 4, 2, 1];
const counts = [0, 1e6, 100_000, 50_000, 20_000, 10_000, 5000, 2000, 1000, 500, 200, 100, 50, 10, 1];
const losses = [0, 0.1, 0.5, 1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 90];
const shares = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

const none = (text: string, words: (value: number) => string) => (value: number) =>
  value === 0 ? text : words(value);
const bytes = (value: number): string => (value === 1 ? '1 byte' : `${value.toLocaleString('en')} bytes`);
const percent = (share: number): string => `${String(Math.round(share * 1000) / 10)} %`;

/** What happens to bytes on their way. */
export const wayFields: readonly NumberField[] = [
  {
    name: 'latencyMs',
    label: 'Latency',
    note: 'one way',
    unit: 'ms',
    scale: 1,
    stops: times,
    words: none('none', waitWords),
  },
  {
    name: 'jitterMs',
    label: 'Jitter',
    note: 'up to this much longer; order is kept',
    unit: 'ms',
    scale: 1,
    stops: times,
    words: none('none', waitWords),
  },
  {
    name: 'bytesPerSecond',
    label: 'Rate',
    note: '0: no limit',
    unit: 'bytes/s',
    scale: 1,
    stops: rates,
    words: none('no limit', (value) => `${bytes(value)} a second`),
  },
  {
    name: 'lossPercent',
    label: 'Loss of segments',
    note: 'as TCP shows it: a stall of a retransmission time-out',
    unit: '%',
    scale: 1,
    stops: losses,
    words: none('none', (value) => `${String(value)} %`),
  },
  {
    name: 'sliceBytes',
    label: 'Slicing',
    note: 'chunks leave in pieces; 0: as they came',
    unit: 'bytes',
    scale: 1,
    stops: sizes,
    words: none('as they came', (value) => `pieces of ${bytes(value)}`),
  },
  {
    name: 'cutAfterBytes',
    label: 'Cut after',
    note: 'once this many have left; 0: never',
    unit: 'bytes',
    scale: 1,
    stops: counts,
    words: none('never', bytes),
  },
];

/** After how long without a byte a middlebox does something. */
export const idleField: NumberField = {
  name: 'idleTimeoutMs',
  label: 'Idle time-out',
  note: 'after this long without a byte; 0: never',
  unit: 'ms',
  scale: 1,
  stops: idleTimes,
  words: none('never', waitWords),
};

/** How much later a FIN leaves. */
export const slowCloseField: NumberField = {
  name: 'slowCloseMs',
  label: 'Slow close',
  note: 'how much later than the last byte a FIN leaves',
  unit: 'ms',
  scale: 1,
  stops: times,
  words: none('at once', waitWords),
};

/** How fast the server takes its clients back. */
export const acceptRateField: NumberField = {
  name: 'acceptPerSecond',
  label: 'Handshakes a second',
  note: 'that the server answers; the others queue',
  unit: '/s',
  scale: 1,
  stops: [0, 1000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  words: none('no limit', (value) => `${value.toLocaleString('en')} a second`),
};

/** What services do to messages. */
export const messageFields: readonly NumberField[] = [
  messageField('dropMessages', 'Dropped'),
  messageField('duplicateMessages', 'Doubled'),
  messageField('reorderMessages', 'Overtaken by the next'),
];

function messageField(name: NumberName, label: string): NumberField {
  return {
    name,
    label,
    note: '',
    unit: '%',
    scale: 0.01,
    stops: shares,
    words: none('none', (value) => `${percent(value)} of messages`),
  };
}

/** Which share of connections meets what is imposed. */
export const probabilityField: NumberField = {
  name: 'probability',
  label: 'Connections that meet all this',
  note: 'by chance, when they open',
  unit: '%',
  scale: 0.01,
  stops: [1, 0.9, 0.7, 0.5, 0.3, 0.2, 0.1, 0.05, 0.01],
  words: percent,
};

/** Who may be meant. */
const directions = { both: 'both sides', client: 'the client', server: 'the server' } as const;

/** What a word of a condition says to a learner. */
export const wordLabels: { readonly [Name in WordName]: Readonly<Record<Conditions[Name], string>> } = {
  direction: directions,
  messageDirection: directions,
  frozen: { no: 'nobody', ...directions },
  idleAction: { drop: 'forgets it: nobody is told', fin: 'ends it with FIN', rst: 'ends it with RST' },
  cutHow: { fin: 'with FIN', rst: 'with RST' },
  upgrade: { pass: 'passes it', strip: 'strips it', refuse: 'refuses it' },
};
