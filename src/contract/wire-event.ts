import { base64 } from '@scure/base';
import { parseConditions, type Conditions } from './conditions.ts';
import { accepted, isRecord, refused, show, type Parsed } from './result.ts';

/** Which endpoint sent something. */
export type Side = 'client' | 'server';

/** What every wire event has. Times are milliseconds since the lab began, fractions kept. */
interface Recorded {
  /** Position in the log: 1, 2, 3 … A number that is missing was dropped, and a `gap` says so. */
  seq: number;
  at: number;
}

/** A connection was accepted by the link; `at` is the moment of TCP's accept. */
export interface OpenEvent extends Recorded {
  type: 'open';
  conn: number;
  /** The request-target that made it one of this lab's, or `null` where the raw bridge opened it. */
  path: string | null;
}

/** Bytes entered the link at `at` and leave it at `due`. Without `due` the link holds them: `left` or `lost` will tell. */
export interface BytesEvent extends Recorded {
  type: 'bytes';
  conn: number;
  from: Side;
  due?: number;
  bytes: Uint8Array;
  /** The bytes as they left, where the link changed them on the way (`upgrade: "strip"`). */
  became?: Uint8Array;
  /** `"link"` where the link made these bytes itself (`upgrade: "refuse"`), posing as `from`. */
  by?: 'link';
}

/** Bytes of event `of`, which had no `due`, have left the link. */
export interface LeftEvent extends Recorded {
  type: 'left';
  conn: number;
  of: number;
  /** So many of those that had not left; all of them where it is absent. */
  byteCount?: number;
}

/** The link swallowed so many bytes from one side. */
export interface LostEvent extends Recorded {
  type: 'lost';
  conn: number;
  from: Side;
  byteCount: number;
}

/** The first end of a connection: who ended it, and with TCP's FIN or RST. Nothing of it follows but the other's FIN. */
export interface EndEvent extends Recorded {
  type: 'end';
  conn: number;
  by: Side | 'link';
  how: 'fin' | 'rst';
}

/** The link's conditions were changed. */
export interface ConditionsEvent extends Recorded {
  type: 'conditions';
  conditions: Conditions;
}

/** Everything that can be imposed where bytes do not show it. */
const allImposed = [
  /** A middlebox has forgotten a connection that was idle: from here on every byte of either side is lost. */
  'forgotten',
  /** A service lost a message, took or sent it twice, or let the next one overtake it. */
  'message dropped',
  'message duplicated',
  'message reordered',
] as const;

/** What the sandbox did on purpose, where bytes do not show it. */
export type Imposed = (typeof allImposed)[number];

/** The sandbox did something on purpose that no byte shows. */
export interface ImposedEvent extends Recorded {
  type: 'imposed';
  what: Imposed;
  /** The connection that it was done to; absent where it was done to all. */
  conn?: number;
  /** Whose message it was done to. */
  from?: Side;
}

/**
 * What the program of a numbered stream did, by its own account: made a message, whether or not anybody listened, or took
 * one of a client. No byte shows that: what arrives may still be passed over.
 */
export interface ProgramEvent extends Recorded {
  type: 'program';
  did: 'made' | 'took';
  /** The connection on which the message came that it took. */
  conn?: number;
  /** The message; its first 200 characters where it is longer. */
  data: string;
}

/** The log dropped events to stay within its bounds. `seq` is that of the last event dropped. */
export interface GapEvent extends Recorded {
  type: 'gap';
  events: number;
  byteCount: number;
  why: string;
}

/** One entry of a lab's wire log. */
export type WireEvent =
  | OpenEvent
  | BytesEvent
  | LeftEvent
  | LostEvent
  | EndEvent
  | ConditionsEvent
  | ImposedEvent
  | ProgramEvent
  | GapEvent;
export type WireEventType = WireEvent['type'];

/** A wire event as JSON carries it: bytes are base64, counts of bytes are called `bytes`. */
export type WireEventJson = { seq: number; at: number; type: WireEventType } & Record<string, unknown>;

/** An event for JSON. `encode` makes base64; a server hands in its own, faster one. */
export function wireEventToJson(
  event: WireEvent,
  encode: (bytes: Uint8Array) => string = base64.encode,
): WireEventJson {
  switch (event.type) {
    case 'bytes': {
      const { bytes, became, ...rest } = event;
      return {
        ...rest,
        data: encode(bytes),
        ...(became === undefined ? {} : { became: encode(became) }),
      };
    }
    case 'lost':
    case 'gap': {
      const { byteCount, ...rest } = event;
      return { ...rest, bytes: byteCount };
    }
    case 'left': {
      const { byteCount, ...rest } = event;
      return byteCount === undefined ? rest : { ...rest, bytes: byteCount };
    }
    case 'open':
    case 'end':
    case 'conditions':
    case 'imposed':
    case 'program':
      return { ...event };
  }
}

/** Reads a message of the wire channel: a JSON array of wire events. A field that is wrong is named. */
export function parseWireEvents(text: string): Parsed<WireEvent[]> {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    return refused('message', 'expected JSON');
  }
  if (!Array.isArray(list)) return refused('message', `expected an array of wire events, got ${show(list)}`);
  const events: WireEvent[] = [];
  for (const [index, json] of list.entries()) {
    const event = parseWireEvent(json);
    if (!event.ok) return refused(`[${String(index)}].${event.field}`, event.message);
    events.push(event.value);
  }
  return accepted(events);
}

/** The first line of a log that is written as JSON lines: what it is, in which version, and when its lab began. */
export interface WireLogHeader {
  format: 'ws101.wire';
  version: 1;
  /** Milliseconds since 1970. */
  startedAt: number;
}

/** The header of a log whose lab began at `startedAt`, ms since 1970. */
export const wireLogHeader = (startedAt: number): WireLogHeader => ({
  format: 'ws101.wire',
  version: 1,
  startedAt,
});

/**
 * Reads a whole log as JSON lines, one wire event a line (`GET /labs/<id>/log`). Its header may be missing; where it is
 * there, its version must be ours. A line that is wrong is named.
 */
export function parseWireLines(text: string): Parsed<WireEvent[]> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const version = versionOf(lines[0]);
  if (version !== undefined && version !== 1) {
    return refused('line 1', `expected version 1 of the format ws101.wire, got ${show(version)}`);
  }
  const skipped = version === undefined ? 0 : 1;
  const events = parseWireEvents(`[${lines.slice(skipped).join(',')}]`);
  if (events.ok) return events;
  const numbered = /^\[(\d+)\]\.(.*)$/.exec(events.field);
  if (numbered) {
    return refused(`line ${String(Number(numbered[1]) + 1 + skipped)}, ${numbered[2] ?? ''}`, events.message);
  }
  const broken = lines.findIndex((line) => !isJson(line));
  return refused(`line ${String(broken + 1)}`, 'expected one JSON object per line');
}

/** The version that the first line of a log names; `undefined` where it is no header. */
function versionOf(line: string | undefined): unknown {
  if (line?.includes('"format"') !== true || !isJson(line)) return undefined;
  const header: unknown = JSON.parse(line);
  return isRecord(header) && header['format'] === 'ws101.wire' ? (header['version'] ?? null) : undefined;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

/** Thrown and caught inside this file only: carries the name of the wrong field out of a nested reader. */
class WrongField extends Error {
  readonly field: string;
  constructor(field: string, expected: string, got: unknown) {
    super(`expected ${expected}, got ${show(got)}`);
    this.name = 'WrongField';
    this.field = field;
  }
}

/** Reads one wire event from parsed JSON. */
export function parseWireEvent(json: unknown): Parsed<WireEvent> {
  try {
    return accepted(readWireEvent(json));
  } catch (error) {
    if (error instanceof WrongField) return refused(error.field, error.message);
    throw error;
  }
}

function readWireEvent(json: unknown): WireEvent {
  if (!isRecord(json)) throw new WrongField('event', 'an object', json);
  const recorded = { seq: number(json, 'seq'), at: number(json, 'at') };
  const { type } = json;
  switch (type) {
    case 'open':
      return {
        ...recorded,
        type,
        conn: number(json, 'conn'),
        path: json['path'] === null ? null : string(json, 'path'),
      };
    case 'bytes':
      return readBytes(json, recorded);
    case 'left':
      return {
        ...recorded,
        type,
        conn: number(json, 'conn'),
        of: number(json, 'of'),
        ...(json['bytes'] === undefined ? {} : { byteCount: number(json, 'bytes') }),
      };
    case 'lost':
      return {
        ...recorded,
        type,
        conn: number(json, 'conn'),
        from: oneOf(json, 'from', ['client', 'server']),
        byteCount: number(json, 'bytes'),
      };
    case 'end':
      return {
        ...recorded,
        type,
        conn: number(json, 'conn'),
        by: oneOf(json, 'by', ['client', 'server', 'link']),
        how: oneOf(json, 'how', ['fin', 'rst']),
      };
    case 'conditions': {
      const conditions = parseConditions(json['conditions']);
      if (!conditions.ok)
        throw new WrongField(`conditions.${conditions.field}`, conditions.message, json['conditions']);
      return { ...recorded, type, conditions: conditions.value };
    }
    case 'imposed':
      return {
        ...recorded,
        type,
        what: oneOf(json, 'what', allImposed),
        ...ofConnection(json),
        ...(json['from'] === undefined ? {} : { from: oneOf(json, 'from', ['client', 'server']) }),
      };
    case 'program':
      return {
        ...recorded,
        type,
        did: oneOf(json, 'did', ['made', 'took']),
        ...ofConnection(json),
        data: string(json, 'data'),
      };
    case 'gap':
      return {
        ...recorded,
        type,
        events: number(json, 'events'),
        byteCount: number(json, 'bytes'),
        why: string(json, 'why'),
      };
    default:
      throw new WrongField(
        'type',
        'one of open, bytes, left, lost, end, conditions, imposed, program, gap',
        type,
      );
  }
}

const readBytes = (json: Record<string, unknown>, recorded: Recorded): BytesEvent => ({
  ...recorded,
  type: 'bytes',
  conn: number(json, 'conn'),
  from: oneOf(json, 'from', ['client', 'server']),
  ...(json['due'] === undefined ? {} : { due: number(json, 'due') }),
  bytes: bytes(json, 'data'),
  ...(json['became'] === undefined ? {} : { became: bytes(json, 'became') }),
  ...(json['by'] === undefined ? {} : { by: oneOf(json, 'by', ['link']) }),
});

const ofConnection = (json: Record<string, unknown>): { conn?: number } =>
  json['conn'] === undefined ? {} : { conn: number(json, 'conn') };

function number(json: Record<string, unknown>, field: string): number {
  const value = json[field];
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new WrongField(field, 'a number', value);
  return value;
}

function string(json: Record<string, unknown>, field: string): string {
  const value = json[field];
  if (typeof value !== 'string') throw new WrongField(field, 'a string', value);
  return value;
}

function oneOf<const T extends string>(
  json: Record<string, unknown>,
  field: string,
  options: readonly T[],
): T {
  const found = options.find((option) => option === json[field]);
  if (found === undefined) throw new WrongField(field, `one of ${options.join(', ')}`, json[field]);
  return found;
}

function bytes(json: Record<string, unknown>, field: string): Uint8Array {
  try {
    return base64.decode(string(json, field));
  } catch (error) {
    if (error instanceof WrongField) throw error;
    throw new WrongField(field, 'base64', json[field]);
  }
}
