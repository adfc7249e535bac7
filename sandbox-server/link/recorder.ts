import type { Conditions } from '../../src/contract/conditions.ts';
import type { Imposed, Side } from '../../src/contract/wire-event.ts';
import type { Link } from './link.ts';

/** What becomes of bytes that the link holds, changes, or makes. Times are those of `performance.now()`. */
export interface Passage {
  /** When they entered the link. */
  at: number;
  /** When they leave it; absent where it holds them. */
  due?: number;
  /** As they leave, where the link changed them. */
  became?: Uint8Array;
  /** Where the link made them itself. */
  by?: 'link';
}

/** Who keeps the record of a connection. A link tells it everything that crosses, in order. */
export interface Recorder {
  /** What the link does now. */
  readonly conditions: Conditions;
  /** Records bytes that cross together, and unchanged; copies them, since ws will change the client's in place. */
  crossed(from: Side, parts: readonly Uint8Array[], at: number, due: number): void;
  /** Records bytes that do not simply cross; answers the `seq` of the event. */
  intervened(from: Side, bytes: Uint8Array, passage: Passage): number;
  /** Bytes that the link had held have left it: this many of those of this event, or all that were left of them. */
  left(of: number, byteCount?: number): void;
  /** The link swallowed bytes. */
  lost(from: Side, byteCount: number): void;
  /** Something was done on purpose that no byte shows, to a message of this side where it is one. */
  imposed(what: Imposed, from?: Side): void;
  /** A direction, or all of the connection, ended. */
  end(by: Side | 'link', how: 'fin' | 'rst'): void;
  /** Nothing follows. */
  close(): void;
}

/** Who decides what is recorded. */
export interface RecordKeeper {
  /** The recorder of the connection whose request begins with this target, if it is one to record. */
  recorderFor(link: Link, target: string): Recorder | undefined;
  /** Whether the link's `upgrade` condition applies to a request for this target. */
  isService(target: string): boolean;
}
