import { perfectLink, type Conditions } from '../contract/conditions.ts';
import type {
  ConditionsEvent,
  GapEvent,
  ImposedEvent,
  ProgramEvent,
  WireEvent,
} from '../contract/wire-event.ts';
import { ConnectionReader } from './connection-reader.ts';
import type { Connection } from './connection.ts';

/** What a wire log amounts to so far. A new object after each batch that changed something. */
export interface WireLogView {
  /** The last event that was read; 0 before the first. */
  lastSeq: number;
  /** In the order in which they were accepted. */
  connections: readonly Connection[];
  /** What the link does now. */
  conditions: Conditions;
  /** Each time that they were changed. */
  conditionChanges: readonly ConditionsEvent[];
  /** What was done on purpose that no byte shows. */
  imposed: readonly ImposedEvent[];
  /** What the program of the numbered stream made and took, by its own account. */
  program: readonly ProgramEvent[];
  /** What the log has dropped. */
  gaps: readonly GapEvent[];
}

/**
 * Reads a wire log as it grows. Each event is read once; an event that was read before is passed over, so a log that
 * is followed again from an earlier `seq` leaves neither a hole nor a double.
 */
export class LogReader {
  readonly #readers = new Map<number, ConnectionReader>();
  readonly #gaps: GapEvent[] = [];
  readonly #conditionChanges: ConditionsEvent[] = [];
  readonly #imposed: ImposedEvent[] = [];
  readonly #program: ProgramEvent[] = [];
  #lastSeq = 0;
  #view: WireLogView | undefined;

  /** What the log amounts to; the same object until `read` adds to it. */
  get view(): WireLogView {
    this.#view ??= {
      lastSeq: this.#lastSeq,
      connections: [...this.#readers.values()].map((reader) => reader.connection),
      conditions: this.#conditionChanges.at(-1)?.conditions ?? perfectLink,
      conditionChanges: [...this.#conditionChanges],
      imposed: [...this.#imposed],
      program: [...this.#program],
      gaps: [...this.#gaps],
    };
    return this.#view;
  }

  /** Reads the next events of the log, in the order of their `seq`. */
  read(events: readonly WireEvent[]): void {
    for (const event of events) {
      if (event.seq <= this.#lastSeq) continue;
      this.#lastSeq = event.seq;
      this.#readOne(event);
      this.#view = undefined;
    }
  }

  #readOne(event: WireEvent): void {
    switch (event.type) {
      case 'open':
        this.#readers.set(event.conn, new ConnectionReader(event));
        break;
      case 'bytes':
        this.#reader(event).readBytes(event);
        break;
      case 'left':
        this.#reader(event).readLeft(event);
        break;
      case 'lost':
        this.#reader(event).readLost(event);
        break;
      case 'end':
        this.#reader(event).readEnd(event);
        break;
      case 'conditions':
        this.#conditionChanges.push(event);
        break;
      case 'imposed':
        this.#imposed.push(event);
        break;
      case 'program':
        this.#program.push(event);
        break;
      case 'gap':
        this.#gaps.push(event);
        break;
    }
  }

  /** The reader of an event's connection; where its beginning was dropped from the log, a beheaded one. */
  #reader(event: { conn: number; at: number }): ConnectionReader {
    const known = this.#readers.get(event.conn);
    if (known) return known;
    const beheaded = new ConnectionReader({ type: 'beheaded', conn: event.conn, at: event.at });
    this.#readers.set(event.conn, beheaded);
    return beheaded;
  }
}

/** Reads a whole log at once. */
export function readLog(events: readonly WireEvent[]): WireLogView {
  const reader = new LogReader();
  reader.read(events);
  return reader.view;
}
