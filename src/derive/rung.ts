import type { ConditionsEvent, GapEvent, ImposedEvent, Side } from '../contract/wire-event.ts';
import type { ByteRange } from '../protocol/byte-range.ts';
import type { RequestHead, ResponseHead } from '../protocol/http-head.ts';
import type { Connection, Loss, TimedFrame } from './connection.ts';
import type { ScriptEvent } from './align-clock.ts';
import type { FragmentPlace } from './fragments.ts';

/** How far a connection is: TCP only, requests that stay with HTTP, the opening handshake, frames, the closing handshake, over. */
export type Phase = 'tcp' | 'http' | 'opening' | 'open' | 'closing' | 'closed';

/** What happened: the detail of a rung, by its kind. */
export type Happening =
  | { kind: 'accepted' }
  | { kind: 'request'; head: RequestHead }
  | { kind: 'response'; head: ResponseHead }
  /**
   * What came behind a head, or one chunk of it. `content` is where it stands in all that the side `of` has sent; a last
   * chunk has none.
   */
  | { kind: 'body'; of: Side; content: ByteRange | undefined; isChunk: boolean }
  /** The 101 has left the link: the connection is open. */
  | { kind: 'open' }
  | { kind: 'frame'; frame: TimedFrame; fragment: FragmentPlace | undefined }
  /** Bytes of a head or a frame that is not whole. */
  | { kind: 'unfinished'; of: 'request' | 'frame'; missingBytes: number | undefined }
  | { kind: 'lost'; loss: Loss }
  | { kind: 'end' }
  /** What the page's script did or was told. */
  | { kind: 'script'; event: ScriptEvent; readyState: string }
  | { kind: 'conditions'; event: ConditionsEvent }
  | { kind: 'imposed'; event: ImposedEvent }
  | { kind: 'gap'; event: GapEvent };

/** One rung of the ladder. Times are milliseconds since the lab began. */
export interface Rung {
  /** Unique in its log, and the same however the log grows: `3.7` is frame 7 of connection 3. */
  id: string;
  /** The connection it belongs to; absent for what concerns the whole lab. */
  connection: Connection | undefined;
  from: Side | 'link' | 'script';
  /** Its first byte entered the link. */
  beganAt: number;
  /** Its last byte entered the link. */
  at: number;
  /** Its last byte left the link; absent while the link holds it, or where it was lost. */
  due: number | undefined;
  /** Its last byte never will leave it. */
  isLost: boolean;
  /** Bytes that crossed the wire for it. */
  byteCount: number;
  phase: Phase;
  /** With it its connection enters that phase. */
  begins: boolean;
  what: Happening;
}
