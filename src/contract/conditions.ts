import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** Whose bytes, or messages, something is done to. */
export type Direction = 'client' | 'server' | 'both';

/**
 * What the sandbox currently does on purpose: its link to bytes, its services to messages. Every default is a perfect
 * link. A change holds for bytes that are under way, too. Times are milliseconds, one way.
 */
export interface Conditions {
  /** How long bytes are under way. */
  latencyMs: number;
  /** Up to so much longer, by chance. Order is kept, as TCP keeps it. */
  jitterMs: number;
  /** How many bytes leave in a second, at most; 0: no limit. */
  bytesPerSecond: number;
  /**
   * The chance that a segment (1460 bytes) is lost, in percent. An application sees of it what TCP shows: a stall of a
   * retransmission time-out, which doubles at each loss of the same segment, and all that came after waits behind it.
   */
  lossPercent: number;
  /** Chunks leave cut into pieces of so many bytes; 0: as they came. */
  sliceBytes: number;
  /** Whose bytes all of the above, and `cutAfterBytes`, are about. */
  direction: Direction;
  /**
   * Whose bytes the link holds while the connection stays up, as a network does that has fallen silent. On thaw they
   * arrive, as TCP's retransmission would have it; where the link ends first, they are lost.
   */
  frozen: 'no' | Direction;
  /** After so long without a byte of either side, a middlebox does `idleAction`; 0: never. */
  idleTimeoutMs: number;
  /** It forgets the connection: every byte from then on is lost, and nobody is told; or it ends it with FIN or RST. */
  idleAction: 'drop' | 'fin' | 'rst';
  /** The link ends the connection once so many bytes have left it; 0: never. */
  cutAfterBytes: number;
  /** How it then ends it. */
  cutHow: 'fin' | 'rst';
  /** How much later than its last byte a side's FIN leaves. */
  slowCloseMs: number;
  /** What a proxy on the way does to `Upgrade`: passes it, strips it (it does not know WebSocket), or refuses it. */
  upgrade: 'pass' | 'strip' | 'refuse';
  /** Whether the server is up: where it is not, a new connection gets an RST. */
  accept: boolean;
  /**
   * How many opening handshakes the server answers in a second, at most; the others wait, in the order in which they
   * came. 0: no limit.
   */
  acceptPerSecond: number;
  /** The share of connections that meet all of the above, 0 to 1; each is decided once, by chance, when it opens. */
  probability: number;
  /** The chance that a service loses a message, 0 to 1. */
  dropMessages: number;
  /** The chance that a service takes, or sends, a message twice. */
  duplicateMessages: number;
  /** The chance that a message is overtaken by the next one. */
  reorderMessages: number;
  /** Whose messages: those that clients send, those that the server sends, or both. */
  messageDirection: Direction;
}

/** A link that passes everything on, at once, and a server that is up. */
export const perfectLink: Readonly<Conditions> = {
  latencyMs: 0,
  jitterMs: 0,
  bytesPerSecond: 0,
  lossPercent: 0,
  sliceBytes: 0,
  direction: 'both',
  frozen: 'no',
  idleTimeoutMs: 0,
  idleAction: 'drop',
  cutAfterBytes: 0,
  cutHow: 'fin',
  slowCloseMs: 0,
  upgrade: 'pass',
  accept: true,
  acceptPerSecond: 0,
  probability: 1,
  dropMessages: 0,
  duplicateMessages: 0,
  reorderMessages: 0,
  messageDirection: 'both',
};

/** The name of a condition. */
export type ConditionName = keyof Conditions;

/** What a condition may be: a number in a range, one of some words, or true and false. */
export type ConditionRange =
  | { kind: 'number'; min: number; max: number; unit: string; whole: boolean }
  | { kind: 'word'; words: readonly string[] }
  | { kind: 'switch' };

const number = (max: number, unit: string, whole = true): ConditionRange => ({
  kind: 'number',
  min: 0,
  max,
  unit,
  whole,
});
const words = (...all: string[]): ConditionRange => ({ kind: 'word', words: all });
const chance = number(1, '', false);
const minuteMs = number(60_000, 'ms', false);
const direction = words('both', 'client', 'server');

/** What each condition may be. */
export const conditionRanges: Readonly<Record<ConditionName, ConditionRange>> = {
  latencyMs: minuteMs,
  jitterMs: minuteMs,
  bytesPerSecond: number(1_000_000_000, 'bytes/s'),
  lossPercent: number(90, '%', false),
  sliceBytes: number(65_536, 'bytes'),
  direction,
  frozen: words('no', 'client', 'server', 'both'),
  idleTimeoutMs: number(86_400_000, 'ms', false),
  idleAction: words('drop', 'fin', 'rst'),
  cutAfterBytes: number(1_000_000_000, 'bytes'),
  cutHow: words('fin', 'rst'),
  slowCloseMs: minuteMs,
  upgrade: words('pass', 'strip', 'refuse'),
  accept: { kind: 'switch' },
  acceptPerSecond: number(10_000, 'handshakes/s'),
  probability: chance,
  dropMessages: chance,
  duplicateMessages: chance,
  reorderMessages: chance,
  messageDirection: direction,
};

/** The names of all conditions. */
export const conditionNames = Object.keys(conditionRanges) as ConditionName[];

/**
 * Reads the body of `PATCH /labs/<id>/conditions`: any subset of the conditions.
 * A field that is unknown, or a value out of range, is refused by name.
 */
export function parseConditionsPatch(body: unknown): Parsed<Partial<Conditions>> {
  if (!isRecord(body)) return refused('body', `expected a JSON object of conditions, got ${show(body)}`);
  const patch: Partial<Conditions> = {};
  for (const [field, value] of Object.entries(body)) {
    if (!Object.hasOwn(conditionRanges, field)) {
      return refused(field, `unknown condition; the known ones are ${conditionNames.join(', ')}`);
    }
    const range = conditionRanges[field as ConditionName];
    if (!isIn(range, value)) return refused(field, `expected ${rangeWords(range)}, got ${show(value)}`);
    Object.assign(patch, { [field]: value });
  }
  return accepted(patch);
}

/** Reads a whole set of conditions, as the sandbox answers it; what it does not name is as on a perfect link. */
export function parseConditions(body: unknown): Parsed<Conditions> {
  const patch = parseConditionsPatch(body);
  return patch.ok ? accepted({ ...perfectLink, ...patch.value }) : patch;
}

function isIn(range: ConditionRange, value: unknown): boolean {
  switch (range.kind) {
    case 'number':
      return (
        typeof value === 'number' &&
        value >= range.min &&
        value <= range.max &&
        (!range.whole || Number.isInteger(value))
      );
    case 'word':
      return typeof value === 'string' && range.words.includes(value);
    case 'switch':
      return typeof value === 'boolean';
  }
}

function rangeWords(range: ConditionRange): string {
  switch (range.kind) {
    case 'number': {
      const unit = range.unit === '' ? '' : ` ${range.unit}`;
      return `${range.whole ? 'a whole number' : 'a number'} from ${String(range.min)} to ${String(range.max)}${unit}`;
    }
    case 'word':
      return `one of ${range.words.join(', ')}`;
    case 'switch':
      return 'true or false';
  }
}
